import { type Config, parseConfig } from '../config/config.ts'

/** The configuration of an environment whose limits do not stand in the way of tests. */
export function testConfig(environment: Readonly<Record<string, string>>): Config {
  const defaults = {
    PORT: '0',
    HOST: '127.0.0.1',
    LOGIN_ATTEMPTS_PER_MINUTE: '1000',
    LOGIN_FAILURES_BEFORE_DELAY: '1000',
    AUTH_REQUESTS_PER_MINUTE: '100000',
    RATE_LIMIT_PER_HOUR: '1000000',
    RATE_LIMIT_BURST: '1000000',
    RATE_LIMIT_ANONYMOUS_PER_HOUR: '1000000',
  }
  const config = parseConfig({ ...defaults, ...environment }, { terminal: false })
  if (!config.ok) throw new Error(config.error)
  return config.value
}

/** Keeps passwords as they are: a real hash takes longer than most tests. */
export const plainHashing = {
  hash: async (password: string): Promise<string> => `plain:${password}`,
  verify: async (hashed: string, password: string): Promise<boolean> => hashed === `plain:${password}`,
}
