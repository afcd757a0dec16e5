import type { Logger } from 'pino'
import type { AccessTokens } from './access-tokens.ts'
import { forgetExpiredTokens } from './account-tokens.ts'
import { forgetExpiredFamilies } from './refresh-tokens.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'
import { rotateSigningKeys, type SigningKeysDeps } from './signing-keys.ts'

export interface MaintenanceDeps extends SigningKeysDeps {
  readonly accessTokens: AccessTokens
  readonly throttle: SignInThrottle
  readonly logger: Logger
}

const EVERY_MS = 60_000

/** Once a minute takes over the signing keys as any node rotated them and drops what expired; answers a stop. */
export function maintainSessions(deps: MaintenanceDeps): () => void {
  async function maintain(): Promise<void> {
    try {
      deps.accessTokens.useKeys(await rotateSigningKeys(deps))
      await forgetExpiredFamilies(deps)
      await forgetExpiredTokens(deps)
      await deps.throttle.sweep()
    } catch (error) {
      deps.logger.warn({ err: error }, 'the signing keys could not be looked after')
    }
  }
  const timer = setInterval(() => void maintain(), EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
