import type { Page } from 'playwright-core'
import type { Site } from './site.ts'

/** What a person signs in with. */
export interface Credentials {
  readonly email: string
  readonly password: string
}

/** Credentials nobody has yet. */
export function newCredentials(): Credentials {
  return { email: `${crypto.randomUUID()}@example.org`, password: `correct horse ${crypto.randomUUID()}` }
}

/** Makes an account on the sign-up screen; the local log, should it hold quests, goes into it or is kept apart. */
export async function signUp(
  page: Page,
  credentials = newCredentials(),
  localLog: 'claim' | 'keep apart' = 'claim',
): Promise<Credentials> {
  await openSignIn(page)
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click()
  await fillSignUp(page, credentials, 'Ada', localLog)
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()
  return credentials
}

/** Makes an account on the sign-up screen that is open; where it leads depends on how one came there. */
export async function fillSignUp(
  page: Page,
  credentials: Credentials,
  displayName: string,
  localLog: 'claim' | 'keep apart' = 'claim',
): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(displayName)
  await fill(page, credentials)
  if (localLog === 'keep apart') await page.getByRole('radio', { name: /^Keep it apart/ }).check()
  await page.getByRole('button', { name: 'Create account' }).click()
}

/** Signs in; where it leads depends on what the device holds. */
export async function signIn(page: Page, credentials: Credentials): Promise<void> {
  await openSignIn(page)
  await fillCredentials(page, credentials)
}

/** Signs in on the sign-in screen. */
export async function fillCredentials(page: Page, credentials: Credentials): Promise<void> {
  await fill(page, credentials)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function openSignIn(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).click()
}

async function fill(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
}

/** What a server is told so that it goes by a name: passkeys need one, and mailed links lead there. */
export function localName(port: number): { readonly PUBLIC_URL: string } {
  return { PUBLIC_URL: `http://localhost:${port}` }
}

/** Opens a page of a server that goes by a name, on a device of its own. */
export async function openByName(site: Site, path = '/'): Promise<Page> {
  const device = await site.openDevice({ reducedMotion: 'reduce' })
  const page = await device.context.newPage()
  await page.goto(`${localName(Number(new URL(site.url).port)).PUBLIC_URL}${path}`)
  return page
}

/** Opens one of the pages about one's own account. */
export async function openAccountPage(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('main').getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}
