import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** What an authenticator and its browser would do otherwise than they should. */
export interface Deviation {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly userHandle?: string | null
  readonly counter?: number
  /** Whether the person showed a PIN or a finger. */
  readonly userVerified?: boolean
  readonly signature?: Buffer
  readonly credentialId?: string
}

export interface SoftPasskey {
  readonly credentialId: string
  /** Answers options of `/auth/passkeys/sign-in/options` as `navigator.credentials.get` would. */
  get(options: Options, deviation?: Deviation): object
}

interface Options {
  readonly challenge: string
  readonly rpId?: string
  readonly rp?: { readonly id: string }
  readonly user?: { readonly id: string }
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const ATTESTED = 0x40

/**
 * A passkey in software (WebAuthn Level 3, ES256, attestation none), that counts its uses: answers options of
 * `/auth/passkeys/options` as `navigator.credentials.create` would.
 */
export function createSoftPasskey(
  origin: string,
  options: Options,
  deviation: Deviation = {},
): { readonly passkey: SoftPasskey; readonly credential: object } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = deviation.credentialId === undefined ? randomBytes(16) : Buffer.from(deviation.credentialId, 'base64url')
  const credentialId = id.toString('base64url')
  const rpId = options.rp?.id ?? ''
  const userHandle = options.user?.id ?? ''
  let counter = 0

  const flagsOf = ({ userVerified = true }: Deviation) => USER_PRESENT | (userVerified ? USER_VERIFIED : 0)
  const base = { id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {} }
  const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, coseKey(x, y)])
  const authData = authenticatorData(deviation.rpId ?? rpId, flagsOf(deviation) | ATTESTED, 0, attested)
  const credential = {
    ...base,
    response: {
      clientDataJSON: clientData(
        'webauthn.create',
        deviation.challenge ?? options.challenge,
        deviation.origin ?? origin,
      ),
      attestationObject: attestationObject(authData).toString('base64url'),
      transports: ['internal'],
    },
  }

  return {
    credential,
    passkey: {
      credentialId,
      get({ challenge }, given = {}) {
        counter = given.counter ?? counter + 1
        const data = authenticatorData(given.rpId ?? rpId, flagsOf(given), counter, Buffer.alloc(0))
        const clientDataJSON = clientData('webauthn.get', given.challenge ?? challenge, given.origin ?? origin)
        const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
        const signature = given.signature ?? createSign('sha256').update(signed).sign(privateKey)
        return {
          ...base,
          response: {
            clientDataJSON,
            authenticatorData: data.toString('base64url'),
            signature: signature.toString('base64url'),
            userHandle: given.userHandle === undefined ? userHandle : given.userHandle,
          },
        }
      },
    },
  }
}

function clientData(type: string, challenge: string, origin: string): string {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url')
}

/** WebAuthn Level 3, 6.1. */
function authenticatorData(rpId: string, flags: number, counter: number, attested: Buffer): Buffer {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([flags]), count, attested])
}

/** CBOR of `{fmt: "none", attStmt: {}, authData}` (RFC 8949). */
function attestationObject(authData: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([0xa3]),
    cborText('fmt'),
    cborText('none'),
    cborText('attStmt'),
    Buffer.from([0xa0]),
    cborText('authData'),
    Buffer.from([0x58, authData.length]),
    authData,
  ])
}

/** CBOR of `{1: 2, 3: -7, -1: 1, -2: x, -3: y}`: an ES256 key in COSE (RFC 9053). */
function coseKey(x: string, y: string): Buffer {
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    Buffer.from(x, 'base64url'),
    Buffer.from([0x22, 0x58, 0x20]),
    Buffer.from(y, 'base64url'),
  ])
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff])
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
