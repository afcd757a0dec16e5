import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { decrypt, encrypt } from './key-encryption.ts'

test('what was encrypted opens with the same key in the same place only, and unchanged only', () => {
  const key = randomBytes(32)
  const sealed = encrypt(key, Buffer.from('secret'), 'row 1')
  expect(decrypt(key, sealed, 'row 1').toString()).toBe('secret')
  expect(() => decrypt(key, sealed, 'row 2')).toThrow()
  expect(() => decrypt(randomBytes(32), sealed, 'row 1')).toThrow()
  expect(encrypt(key, Buffer.from('secret'), 'row 1').equals(sealed)).toBe(false)
  const changed = Buffer.from(sealed)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  expect(() => decrypt(key, changed, 'row 1')).toThrow()
})
