import type { Logger } from 'pino'
import type { AccessTokens } from './access-tokens.ts'
import { forgetExpiredFamilies } from './refresh-tokens.ts'
import { rotateSigningKeys, type SigningKeysDeps } from './signing-keys.ts'

const EVERY_MS = 60_000

/** Once a minute takes over the signing keys as any node rotated them and drops expired families; answers a stop. */
export function maintainSessions(deps: SigningKeysDeps & { accessTokens: AccessTokens; logger: Logger }): () => void {
  async function maintain(): Promise<void> {
    try {
      deps.accessTokens.useKeys(await rotateSigningKeys(deps))
      await forgetExpiredFamilies(deps)
    } catch (error) {
      deps.logger.warn({ err: error }, 'the signing keys could not be looked after')
    }
  }
  const timer = setInterval(() => void maintain(), EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
