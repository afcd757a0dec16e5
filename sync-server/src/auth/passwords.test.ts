import { expect, test } from 'vitest'
import { argon2Hashing, createPasswords, type PasswordHashing } from './passwords.ts'

test('passwords are kept as argon2id with the recommended cost', async () => {
  const passwords = await createPasswords(argon2Hashing())
  const hashed = await passwords.hash('correct horse')
  if (!hashed.ok) throw new Error(hashed.error)
  expect(hashed.value).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.matches(hashed.value, 'correct horse')).toEqual({ ok: true, value: true })
  expect(await passwords.matches(hashed.value, 'Correct horse')).toEqual({ ok: true, value: false })
})

test('a password matches however the keyboard composed its characters', async () => {
  const passwords = await createPasswords(argon2Hashing())
  const hashed = await passwords.hash('caf\u00e9 horse')
  expect(await passwords.matches(hashed.ok ? hashed.value : '', 'cafe\u0301 horse')).toEqual({ ok: true, value: true })
})

test('nothing matches for an unknown account', async () => {
  const always: PasswordHashing = { hash: async () => 'hash', verify: async () => true }
  expect(await (await createPasswords(always)).matches(undefined, 'any')).toEqual({ ok: true, value: false })
})

test('work beyond the queue is turned away instead of taking all memory', async () => {
  const finish: (() => void)[] = []
  const slow: PasswordHashing = {
    hash: async () => 'hash',
    verify: () => new Promise((resolve) => finish.push(() => resolve(true))),
  }
  const passwords = await createPasswords(slow)
  const answers = Array.from({ length: 67 }, () => passwords.matches('hash', 'any'))
  expect(await answers[66]).toEqual({ ok: false, error: 'busy' })
  expect(finish.length).toBe(2)
  for (const answer of answers.slice(0, 66)) {
    finish.shift()?.()
    expect(await answer).toEqual({ ok: true, value: true })
  }
})
