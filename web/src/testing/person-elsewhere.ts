import { request } from 'node:http'
import { inject } from 'vitest'
import { type Credentials, newCredentials } from './open-app-on-server.tsx'

/** A person who is not at this device, known to the server alone. */
export interface PersonElsewhere {
  readonly credentials: Credentials
  readonly name: string
  /** Asks REST as them, at a path below `/api/v1`, and answers with the body of what must be a success. */
  ask(method: string, path: string, body?: object): Promise<unknown>
}

/** Makes an account for somebody elsewhere. */
export async function newPersonElsewhere(name = 'Bob'): Promise<PersonElsewhere> {
  const credentials = newCredentials()
  const signedIn = await askServer('POST', '/auth/register', { ...credentials, displayName: name })
  const { accessToken } = signedIn as { readonly accessToken: string }
  return { credentials, name, ask: (method, path, body) => askServer(method, path, body, accessToken) }
}

/** The person of these credentials, signed in at another device. */
export async function signInElsewhere(
  credentials: Credentials,
  serverUrl = inject('appServer').url,
): Promise<Pick<PersonElsewhere, 'ask'>> {
  const signedIn = await askServer('POST', '/auth/login', credentials, undefined, serverUrl)
  const { accessToken } = signedIn as { readonly accessToken: string }
  return { ask: (method, path, body) => askServer(method, path, body, accessToken, serverUrl) }
}

/** The text of the next mail to an address. */
export async function nextMailTo(email: string): Promise<string> {
  return (await send('GET', `${inject('appServer').mailboxUrl}?to=${encodeURIComponent(email)}`)).text
}

async function askServer(
  method: string,
  path: string,
  body?: object,
  token?: string,
  serverUrl = inject('appServer').url,
): Promise<unknown> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const { status, text } = await send(method, `${serverUrl}/api/v1${path}`, body, headers)
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

/** Past this DOM's own `fetch`, whose cookies are those of the person at this device. */
export function send(
  method: string,
  url: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const content = body === undefined ? {} : { 'content-type': 'application/json' }
    const asked = request(url, { method, headers: { ...content, ...headers } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      response.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
