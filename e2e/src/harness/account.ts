/** A signed-in person as a script sees it. */
export interface ScriptAccount {
  readonly email: string
  readonly password: string
  readonly userId: string
  readonly accessToken: string
  /** Name of the personal workspace's document at `/sync`. */
  readonly document: string
}

/** Registers a fresh account over REST and looks up its personal workspace. */
export async function registerAccount(url: string, name = crypto.randomUUID()): Promise<ScriptAccount> {
  const email = `${name}@example.org`
  const password = `correct horse ${name}`
  const registered = await post(`${url}/api/v1/auth/register`, { email, password, displayName: 'Someone' })
  const { user, accessToken } = registered as { user: { id: string }; accessToken: string }
  return { email, password, userId: user.id, accessToken, document: await personalDocument(url, accessToken) }
}

/** Signs in again: another device of the same person, which opens the document under its current name. */
export async function signIn(url: string, account: ScriptAccount): Promise<ScriptAccount> {
  const answer = await post(`${url}/api/v1/auth/login`, { email: account.email, password: account.password })
  const { accessToken } = answer as { accessToken: string }
  return { ...account, accessToken, document: await personalDocument(url, accessToken) }
}

async function personalDocument(url: string, accessToken: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/workspaces`, { headers: { authorization: `Bearer ${accessToken}` } })
  const { items } = (await response.json()) as { items: { kind: string; document: string }[] }
  const personal = items.find(({ kind }) => kind === 'personal')
  if (!personal) throw new Error('the account has no personal workspace')
  return personal.document
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}
