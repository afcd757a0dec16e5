import { act, screen, waitFor, within } from '@testing-library/react'
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { openFromSettings, untilTold } from '../../testing/account-pages.ts'
import { takeDownloads } from '../../testing/downloads.ts'
import { fill } from '../../testing/fill.ts'
import { openAppOnServer, signUp } from '../../testing/open-app-on-server.tsx'
import { main } from '../../testing/screen.ts'
import { signInOnScreen } from '../../testing/sign-in-on-screen.ts'
import { drawQrCode } from './draw-qr-code.ts'

const dialog = () => within(screen.getByRole('dialog'))

/** The person's authenticator app. */
function authenticatorOf(secret: string, email: string): TOTP {
  return new TOTP({ issuer: 'Questlog', label: email, secret: Secret.fromBase32(secret) })
}

/** The recovery codes on screen. */
async function shownCodes(): Promise<readonly string[]> {
  const codes = within(await screen.findByRole('list', { name: 'Recovery codes' })).getAllByRole('listitem')
  return codes.map(({ textContent }) => textContent ?? '')
}

test('two-step sign-in is set up with a scanned or typed key, and then asks for a code or a recovery code', async () => {
  const files = takeDownloads()
  const app = await openAppOnServer()
  const { user } = app
  const credentials = await signUp(app)
  await openFromSettings(user, 'Sign-in methods')
  await user.click(await main().findByRole('button', { name: 'Set up an authenticator app' }))
  const picture = await screen.findByRole('img', { name: 'QR code for your authenticator app' })
  const authenticator = authenticatorOf(dialog().getByLabelText<HTMLInputElement>('Key').value, credentials.email)
  expect(picture.querySelector('path')?.getAttribute('d')).toBe(drawQrCode(authenticator.toString()).path)
  await fill(user, dialog().getByLabelText('Code the app shows'), authenticator.generate())
  await user.click(dialog().getByRole('button', { name: 'Turn on' }))
  const codes = await shownCodes()
  await user.keyboard('{Escape}')
  await user.click(dialog().getByRole('button', { name: 'Download' }))
  const { text: kept } = await files.next()
  expect(codes.filter((code) => !kept.includes(code))).toEqual([])
  await user.click(dialog().getByRole('button', { name: 'I have kept them' }))
  await main().findByText(`On. ${codes.length} recovery codes are left.`)

  const signInAgain = async () => {
    await act(() => app.session.signOut('remove'))
    await signInOnScreen(user, credentials)
    await screen.findByRole('heading', { level: 1, name: 'Enter your code' })
  }
  const giveCode = async (label: string, code: string) => {
    await fill(user, main().getByLabelText(label), code)
    await user.click(main().getByRole('button', { name: 'Continue' }))
  }
  const untilSignedIn = () => screen.findByRole('heading', { level: 1, name: 'Inbox' })
  await signInAgain()
  await waitFor(() => expect(document.activeElement).toBe(main().getByLabelText('Code')))
  await giveCode('Code', authenticator.generate({ timestamp: Date.now() + 3_600_000 }))
  await untilTold('This code is not right')
  // A code counts once, so a later one is given.
  await giveCode('Code', authenticator.generate({ timestamp: Date.now() + 30_000 }))
  await untilSignedIn()

  await signInAgain()
  await user.click(main().getByRole('button', { name: 'Use a recovery code instead' }))
  await giveCode('Recovery code', codes[0] ?? '')
  await untilSignedIn()
  await openFromSettings(user, 'Sign-in methods')
  await main().findByText(`On. ${codes.length - 1} recovery codes are left.`)
  await user.click(main().getByRole('button', { name: 'New recovery codes' }))
  await fill(user, dialog().getByLabelText('Password'), credentials.password)
  await user.click(dialog().getByRole('button', { name: 'New recovery codes' }))
  const replaced = await shownCodes()
  expect(replaced.filter((code) => codes.includes(code))).toEqual([])
  await user.click(dialog().getByRole('button', { name: 'I have kept them' }))
  await main().findByText(`On. ${replaced.length} recovery codes are left.`)

  await signInAgain()
  await user.click(main().getByRole('button', { name: 'Use a recovery code instead' }))
  await giveCode('Recovery code', codes[1] ?? '')
  await untilTold('This code is not right')
  await giveCode('Recovery code', replaced[1] ?? '')
  await untilSignedIn()
  await openFromSettings(user, 'Sign-in methods')
  await user.click(await main().findByRole('button', { name: 'Turn off two-step sign-in' }))
  await fill(user, dialog().getByLabelText('Password'), credentials.password)
  await user.click(dialog().getByRole('button', { name: 'Turn off two-step sign-in' }))
  await waitFor(() => main().getByRole('button', { name: 'Set up an authenticator app' }))
})
