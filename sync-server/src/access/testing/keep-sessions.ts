import type { Actor } from './open-stage.ts'

/** The tokens of sessions that several requests use one after the other. */
export interface KeptSessions {
  tokenOf(actor: Actor): Promise<string | undefined>
  /** From now on everybody signs in again. */
  forget(): void
}

/** Signs each actor in once. Requests that may end a session, or change how somebody signs in, need one of their own. */
export function keepSessions(): KeptSessions {
  const tokens = new Map<Actor, Promise<string | undefined>>()
  return {
    tokenOf(actor) {
      const kept = tokens.get(actor) ?? actor.token()
      tokens.set(actor, kept)
      return kept
    },
    forget: () => tokens.clear(),
  }
}

/** Whether a request may end its session, or change how somebody signs in. */
export function needsOwnSession(key: string): boolean {
  return /^(POST|PUT|PATCH|DELETE) \/api\/v1\/(auth|users\/me)\b/.test(key)
}
