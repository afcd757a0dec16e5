import { expect, test } from 'vitest'
import { createDocumentCipher } from './document-cipher.ts'

const oldKey = { id: 'old', secret: Buffer.alloc(32, 1) }
const newKey = { id: 'new', secret: Buffer.alloc(32, 2) }
const bytes = Buffer.from('Buy milk')

test('what is sealed does not show and opens again; the same bytes never look the same', () => {
  const cipher = createDocumentCipher([newKey])
  const sealed = Buffer.from(cipher.seal('w:1', bytes))
  expect(sealed.includes(bytes)).toBe(false)
  expect(Buffer.compare(sealed, cipher.seal('w:1', bytes))).not.toBe(0)
  expect(cipher.open('w:1', sealed, 'new')).toEqual(bytes)
})

test('the first key seals, and older ones still open what they sealed', () => {
  const sealed = Buffer.from(createDocumentCipher([oldKey]).seal('w:1', bytes))
  const rotated = createDocumentCipher([newKey, oldKey])
  expect(rotated.keyId).toBe('new')
  expect(rotated.open('w:1', sealed, 'old')).toEqual(bytes)
  expect(() => createDocumentCipher([newKey]).open('w:1', sealed, 'old')).toThrow('the key old')
})

test('a changed bit, another document, a shortened tag and another key do not open', () => {
  const cipher = createDocumentCipher([newKey, oldKey])
  const sealed = Buffer.from(cipher.seal('w:1', bytes))
  const changed = Buffer.from(sealed)
  changed.writeUInt8(changed.readUInt8(30) ^ 1, 30)
  expect(() => cipher.open('w:1', changed, 'new')).toThrow()
  expect(() => cipher.open('w:2', sealed, 'new')).toThrow()
  expect(() => cipher.open('w:1', sealed, 'old')).toThrow()
  expect(() => cipher.open('w:1', sealed.subarray(0, 20), 'new')).toThrow()
})

test('without keys bytes are stored as they are', () => {
  const cipher = createDocumentCipher([])
  expect([cipher.keyId, cipher.seal('w:1', bytes), cipher.open('w:1', bytes, null)]).toEqual([null, bytes, bytes])
})
