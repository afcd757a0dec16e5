/** A browser without pages: it keeps each host's cookies, and tells where it is sent instead of going there. */
export interface TestBrowser {
  /** Opens an address; `Location` of the answer, made absolute, or null. */
  open(
    url: string,
    init?: { readonly method: string; readonly form?: Readonly<Record<string, string>> },
  ): Promise<Visit>
  /** Goes from an address to the provider, signs in there as somebody, consents, and answers where it is sent back to. */
  signIn(startUrl: string, subject: string): Promise<string>
  /** Sends a request to the server with the cookies kept for it. */
  request(
    path: string,
    init: { readonly method: string; readonly token?: string; readonly body?: unknown },
  ): Promise<Response>
}

interface Visit {
  readonly status: number
  readonly location: string | null
  readonly text: string
}

/** One browser; requests to `origin` go to the server that listens at `url`. */
export function createTestBrowser(origin: string, url: string): TestBrowser {
  const jars = new Map<string, Map<string, string>>()

  async function send(address: string, init: RequestInit): Promise<Response> {
    const { host } = new URL(address)
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(address.replace(origin, url), {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie !== '' && { cookie }) },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  const open: TestBrowser['open'] = async (address, { method, form } = { method: 'GET' }) => {
    const response = await send(address, { method, ...(form !== undefined && { body: new URLSearchParams(form) }) })
    const location = response.headers.get('location')
    const text = await response.text()
    return { status: response.status, location: location && new URL(location, address).href, text }
  }

  return {
    open,
    async signIn(startUrl, subject) {
      let next = (await open(startUrl)).location
      for (let step = 0; step < 12; step += 1) {
        if (next === null) throw new Error('the provider leads nowhere')
        if (next.startsWith(origin)) return next
        const page = await open(next)
        const action = /<form[^>]* action="([^"]+)"/.exec(page.text)?.[1]
        if (action === undefined) {
          if (page.location === null) throw new Error(`the provider answered ${page.status}: ${page.text}`)
          next = page.location
          continue
        }
        const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1] ?? ''
        const form = { prompt, ...(prompt === 'login' && { login: subject, password: 'any' }) }
        next = (await open(new URL(action, next).href, { method: 'POST', form })).location
      }
      throw new Error('the provider does not come to an end')
    },
    request: (path, { method, token, body }) =>
      send(`${origin}/api/v1${path}`, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
}
