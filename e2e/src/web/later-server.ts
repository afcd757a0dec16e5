import { fileURLToPath } from 'node:url'

/** Environment with which the server runs as if so many days had passed. This file is what its process imports first. */
export function laterServer(days: number): Record<string, string> {
  return { NODE_OPTIONS: `--import=${fileURLToPath(import.meta.url)}`, TEST_DAYS_PASSED: String(days) }
}

const passedMs = Number(process.env.TEST_DAYS_PASSED ?? 0) * 86_400_000
if (passedMs > 0) {
  const now = Date.now
  globalThis.Date = new Proxy(Date, {
    construct: (target, values) => Reflect.construct(target, values.length > 0 ? values : [now() + passedMs]),
    get: (target, key) => (key === 'now' ? () => now() + passedMs : Reflect.get(target, key)),
  })
}
