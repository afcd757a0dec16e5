import { expect, test } from 'vitest'
import { startTestServer } from '../testing/server.ts'

/** What a server with these settings logs of a proxy, when requests come through one. */
async function warnings(settings: Readonly<Record<string, string>>, header: string): Promise<readonly string[]> {
  const server = await startTestServer(settings)
  await server.get('/health/live')
  for (let n = 0; n < 3; n++) await fetch(`${server.url}/health/live`, { headers: { [header]: 'for=192.0.2.1' } })
  await server.stop()
  return server.logged.map((line) => JSON.parse(line).msg).filter((message) => message.includes('TRUST_PROXY'))
}

test.each(['X-Forwarded-For', 'Forwarded'])(
  '%s is warned of once where nobody has said whom to believe',
  async (header) => {
    expect(await warnings({}, header)).toEqual([expect.stringMatching(/TRUST_PROXY is not set.*share one rate limit/)])
  },
)

test.each(['false', '1'])('TRUST_PROXY=%s is an answer, so nothing is said', async (TRUST_PROXY) => {
  expect(await warnings({ TRUST_PROXY }, 'X-Forwarded-For')).toEqual([])
})
