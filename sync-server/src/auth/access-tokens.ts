import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { errors, jwtVerify, SignJWT } from 'jose'
import { ulid } from 'ulidx'
import { z } from 'zod'
import type { SigningKey } from './signing-keys.ts'

/** Who an access token speaks for. */
export interface AccessClaims {
  readonly userId: string
  /** The signed-in device; ends at logout. */
  readonly familyId: string
  readonly expiresAtMs: number
}

/** The published keys, and tokens signed by the one whose turn it is. */
export interface AccessTokens {
  issue(claims: { readonly userId: string; readonly familyId: string }): Promise<{ token: string; expiresIn: number }>
  verify(token: string): Promise<Result<AccessClaims, 'signed-out'>>
  /** The public half of every key in the set, as a JWKS. */
  published(): { readonly keys: readonly Readonly<Record<string, unknown>>[] }
  /** Takes over the set of keys as rotation left it. */
  useKeys(keys: readonly SigningKey[]): void
}

const TOKEN_TYPE = 'at+jwt'
const AUDIENCE = 'questlog'
const MAX_TOKEN_CHARACTERS = 4_096
const REMEMBERED_TOKENS = 10_000
const claims = z.object({ sub: z.string(), sid: z.string(), exp: z.number() })

/** Access tokens as RFC 9068 describes them, signed with Ed25519 only. */
export function createAccessTokens(deps: {
  readonly now: () => number
  readonly issuer: string
  readonly lifeMs: number
  readonly keys: readonly SigningKey[]
}): AccessTokens {
  let keys = deps.keys
  // A signature takes as long to check as a small query, and a device sends the same token for minutes.
  const remembered = new Map<string, AccessClaims>()

  function remember(token: string, verified: AccessClaims): void {
    const [oldest] = remembered.keys()
    if (oldest !== undefined && remembered.size >= REMEMBERED_TOKENS) remembered.delete(oldest)
    remembered.set(token, verified)
  }

  function signingKey(): SigningKey {
    const active = keys.findLast((key) => key.activeFromMs <= deps.now()) ?? keys[0]
    if (active === undefined) throw new Error('there is no signing key')
    return active
  }

  return {
    async issue({ userId, familyId }) {
      const { kid, privateKey } = signingKey()
      const issuedAt = Math.floor(deps.now() / 1000)
      const expiresIn = Math.floor(deps.lifeMs / 1000)
      const token = await new SignJWT({ sid: familyId })
        .setProtectedHeader({ alg: 'EdDSA', typ: TOKEN_TYPE, kid })
        .setIssuer(deps.issuer)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setJti(ulid())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + expiresIn)
        .sign(privateKey)
      return { token, expiresIn }
    },
    async verify(token) {
      if (token.length > MAX_TOKEN_CHARACTERS) return err('signed-out')
      const known = remembered.get(token)
      if (known !== undefined) {
        if (known.expiresAtMs > deps.now()) return ok(known)
        remembered.delete(token)
        return err('signed-out')
      }
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid }) => {
            const key = keys.find((candidate) => candidate.kid === kid)
            if (key === undefined) throw new errors.JWKSNoMatchingKey()
            return key.publicKey
          },
          {
            algorithms: ['EdDSA'],
            typ: TOKEN_TYPE,
            issuer: deps.issuer,
            audience: AUDIENCE,
            requiredClaims: ['sub', 'sid', 'exp', 'iat'],
            currentDate: new Date(deps.now()),
          },
        )
        const parsed = claims.safeParse(payload)
        if (!parsed.success) return err('signed-out')
        const { sub, sid, exp } = parsed.data
        const verified = { userId: sub, familyId: sid, expiresAtMs: exp * 1000 }
        remember(token, verified)
        return ok(verified)
      } catch (error) {
        if (error instanceof errors.JOSEError) return err('signed-out')
        throw error
      }
    },
    published: () => ({ keys: keys.map((key) => ({ ...key.publicJwk })) }),
    useKeys(next) {
      keys = next
      remembered.clear()
    },
  }
}
