import { screen, waitFor } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  accountPages,
  openAccountPage,
  openFromSettings,
  told,
  troubled,
  unreachable,
  untilTold,
} from '../../testing/account-pages.ts'
import { type AppOnServer, type Credentials, openAppOnServer, signUp } from '../../testing/open-app-on-server.tsx'
import { type OwnServer, openOwnServer } from '../../testing/own-server.ts'
import { signInElsewhere } from '../../testing/person-elsewhere.ts'
import { main } from '../../testing/screen.ts'

// The pages about one's own account when the server cannot be asked, will not answer, or answers late.

let server: OwnServer
beforeAll(async () => {
  // A person's requests are used up when a test wants them to be, and do not come back within it.
  server = await openOwnServer({ RATE_LIMIT_PER_HOUR: '1', RATE_LIMIT_BURST: '200' })
  await server.query('create sequence later_events')
})
afterAll(() => server.close())

async function openAccount(): Promise<AppOnServer & { readonly credentials: Credentials }> {
  const app = await openAppOnServer('/', server.url)
  const credentials = await signUp(app)
  await openFromSettings(app.user, 'Account')
  await screen.findByText(accountPages[0].shown)
  return { ...app, credentials }
}

/** Lets things happen to an account, so many that they fill a page of its security events. */
async function addEvents({ email }: Credentials, count: number): Promise<void> {
  await server.query(
    `insert into security_events (id, user_id, kind, at, details)
     select '7' || lpad(nextval('later_events')::text, 25, '0'), id, 'signed-in', now(), '{}'
     from users, generate_series(1, $2::int) where email = $1`,
    [email, count],
  )
}

async function useUpRequests(credentials: Credentials): Promise<void> {
  const { ask } = await signInElsewhere(credentials, server.url)
  const isAnswered = () =>
    ask('GET', '/users/me').then(
      () => true,
      () => false,
    )
  while ((await Promise.all(Array.from({ length: 10 }, isAnswered))).includes(true)) {}
}

const untilShown = (text: string) => screen.findAllByText(text)

function expectUnknown(name: string, shown: string): void {
  expect([name, screen.queryAllByText(shown).length]).toEqual([name, 0])
}

test('without a network each page says so, shows nothing it does not know, and fills when the network is back', async () => {
  const { user, network } = await openAccount()
  for (const { name, shown } of accountPages.toReversed()) {
    network.cut()
    await openAccountPage(user, name)
    await untilTold(unreachable)
    expectUnknown(name, shown)
    network.restore()
    await untilShown(shown)
    await waitFor(() => expect(told(unreachable)).toEqual([]))
  }
})

test('while the server takes its time each page says that it loads, and nothing else', async () => {
  const { user } = await openAccount()
  for (const { name, shown } of accountPages.toReversed()) {
    const answer = await server.holdRequests()
    await openAccountPage(user, name)
    const said = screen.getAllByRole('status').map(({ textContent }) => textContent)
    expect([name, said]).toEqual([name, expect.arrayContaining([expect.stringMatching(/^Loading/)])])
    expectUnknown(name, shown)
    await answer()
    await untilShown(shown)
  }
})

test('a server in trouble, or asked too often, is told from one that is away, and can be tried again', async () => {
  const { user, credentials } = await openAccount()
  for (const { name, shown } of accountPages.toReversed()) {
    const comeBack = await server.turnAway()
    await openAccountPage(user, name)
    await untilTold(troubled)
    expectUnknown(name, shown)
    await comeBack()
    const answer = await server.holdRequests()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await untilTold('Loading')
    await answer()
    await untilShown(shown)
  }
  await useUpRequests(credentials)
  for (const { name, shown } of accountPages.toReversed()) {
    await openAccountPage(user, name)
    await untilTold('Too many requests. Wait a minute and try again.')
    expectUnknown(name, shown)
    screen.getByRole('button', { name: 'Try again' })
  }
})

test.each(accountPages)(
  'signed out from another device, the page $name says so at once and shows nothing of the account',
  async (page) => {
    const { user, credentials } = await openAccount()
    await openAccountPage(user, page.name)
    await untilShown(page.shown)
    await (await signInElsewhere(credentials, server.url)).ask('DELETE', '/auth/sessions')
    await untilTold('Your account was signed out on this device')
    expectUnknown(page.name, page.shown)
    main().getByRole('link', { name: 'Sign in' })
  },
)

test('security events come in pages, and those that come meanwhile leave no gap between the newest and the earlier ones', async () => {
  const { user, network, credentials } = await openAccount()
  await addEvents(credentials, 60)
  await openAccountPage(user, 'Security events')
  const more = () => screen.findByRole('button', { name: 'Show earlier ones' })
  const count = () => screen.getByRole('list', { name: 'Security events' }).children.length
  const showAll = async () => {
    await user.click(await more())
    await screen.findByText('Account created')
    return count()
  }
  await more()
  expect(count()).toBe(50)
  const before = await showAll()
  await addEvents(credentials, 5)
  network.cut()
  network.restore()
  expect(await showAll()).toBe(before + 5)
})
