import { expect, test } from 'vitest'
import { isGuessable } from './common-passwords.ts'

const owner = { email: 'ana.smith@mailbox.example', displayName: 'Ana Lovelace' }

test.each([
  'password',
  'PassWord1',
  '1q2w3e4r5t',
  'qwertyuiop',
  'ｐａｓｓｗｏｒｄ',
  'ana.smith@mailbox.example',
  'Ana.Smith12',
  'mailbox.example1',
  'Ana Lovelace',
  'AnaLovelace!',
  'questlog',
  'Questlog123',
])('%s is among the first that are tried', async (password) => {
  expect(await isGuessable(password, owner)).toBe(true)
})

test.each(['correct horse', 'Ana Lovelace plays chess', 'analog synth', 'x7$kQp2!'])(
  '%s is not refused',
  async (password) => {
    expect(await isGuessable(password, owner)).toBe(false)
  },
)

test('a short name is no reason to refuse what happens to hold it', async () => {
  expect(await isGuessable('banana bread', { email: 'an@a.bc', displayName: 'An' })).toBe(false)
})
