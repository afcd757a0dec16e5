import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** A key of the operator's, by the name that rows remember it by. */
export interface DocumentKey {
  readonly id: string
  /** 32 bytes. */
  readonly secret: Buffer
}

/** Seals what the log stores of documents, and opens it again. */
export interface DocumentCipher {
  /** The key new bytes are sealed with; null stores them plain. */
  readonly keyId: string | null
  seal(document: string, bytes: Uint8Array): Uint8Array
  /**
   * Throws `MissingKey` when the key is not configured, and another error when the bytes are not what was sealed for
   * this document.
   */
  open(document: string, bytes: Buffer, keyId: string | null): Buffer
}

/** Bytes were sealed with a key that this process was not given. */
export class MissingKey extends Error {
  readonly keyId: string

  constructor(document: string, keyId: string) {
    super(`${document} is encrypted with the key ${keyId}, which DOCUMENT_KEYS lacks`)
    this.keyId = keyId
  }
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM under the first key, as nonce, tag and ciphertext; the others still open what they sealed. Every document
 * has a key of its own derived from it (HKDF, RFC 5869): random nonces are safe for 2^32 messages a key (NIST SP
 * 800-38D), and bytes moved to another document do not open. Without keys nothing is sealed.
 */
export function createDocumentCipher(keys: readonly DocumentKey[]): DocumentCipher {
  const secrets = new Map(keys.map((key) => [key.id, key.secret]))
  const keyId = keys[0]?.id ?? null

  function keyOf(document: string, id: string): Buffer {
    const secret = secrets.get(id)
    if (secret === undefined) throw new MissingKey(document, id)
    return Buffer.from(hkdfSync('sha256', secret, '', `questlog document ${document}`, 32))
  }

  return {
    keyId,
    seal(document, bytes) {
      if (keyId === null) return bytes
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keyOf(document, keyId), nonce)
      const body = Buffer.concat([cipher.update(bytes), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(document, bytes, id) {
      if (id === null) return bytes
      const nonce = bytes.subarray(0, NONCE_BYTES)
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', keyOf(document, id), nonce, { authTagLength: TAG_BYTES })
      decipher.setAuthTag(tag)
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
    },
  }
}

/** Stores documents as they are. */
export const plainStorage: DocumentCipher = createDocumentCipher([])
