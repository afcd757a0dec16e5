/** The bytes are no update, or no update that this server takes. Thrown inside admission only. */
export class Unreadable extends Error {
  readonly fault: 'malformed' | 'entry-shape' | 'too-large'

  constructor(fault: 'malformed' | 'entry-shape' | 'too-large') {
    super(fault)
    this.fault = fault
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const SHORT_STRING = 48

/**
 * Reads lib0's encoding without trusting it: every read is bounded by the bytes that are there, every number is a safe
 * integer, and nothing is allocated by a length that the sender merely claims.
 */
export class ByteReader {
  readonly bytes: Uint8Array
  position = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.position === this.bytes.length
  }

  byte(): number {
    const value = this.bytes[this.position]
    if (value === undefined) throw new Unreadable('malformed')
    this.position++
    return value
  }

  uint(): number {
    let value = 0
    let factor = 1
    for (let length = 0; length < 8; length++) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break
        return value
      }
      factor *= 128
    }
    throw new Unreadable('malformed')
  }

  /** A length of at least one. */
  length(): number {
    const value = this.uint()
    if (value === 0) throw new Unreadable('malformed')
    return value
  }

  signedInt(): number {
    const first = this.byte()
    const sign = (first & 64) === 0 ? 1 : -1
    let value = first & 63
    let factor = 64
    let byte = first
    for (let length = 0; byte >= 128; length++) {
      if (length === 8) throw new Unreadable('malformed')
      byte = this.byte()
      value += (byte & 127) * factor
      factor *= 128
    }
    if (value > Number.MAX_SAFE_INTEGER) throw new Unreadable('malformed')
    return sign * value
  }

  string(maxBytes: number): string {
    const length = this.uint()
    if (length > this.bytes.length - this.position) throw new Unreadable('malformed')
    if (length > maxBytes) throw new Unreadable('too-large')
    const start = this.position
    this.position = start + length
    if (length <= SHORT_STRING) {
      const ascii = shortAscii(this.bytes, start, this.position)
      if (ascii !== null) return ascii
    }
    try {
      return utf8.decode(this.bytes.subarray(start, this.position))
    } catch {
      throw new Unreadable('malformed')
    }
  }

  float(size: 4 | 8): number {
    if (this.bytes.length - this.position < size) throw new Unreadable('malformed')
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.position, size)
    this.position += size
    return size === 4 ? view.getFloat32(0) : view.getFloat64(0)
  }
}

// Most strings of an edit are ids and field names: building them here is several times cheaper than a decoder call.
function shortAscii(bytes: Uint8Array, start: number, end: number): string | null {
  let text = ''
  for (let index = start; index < end; index++) {
    const byte = bytes[index] ?? 128
    if (byte > 127) return null
    text += String.fromCharCode(byte)
  }
  return text
}
