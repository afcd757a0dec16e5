import type { AccountMemory } from '@questlog/shared/client/rest/account-session'

const storageKey = 'questlog.account'

/** Remembers who is signed in, so that a start without the network knows; no secrets are in it. */
export const accountMemory: AccountMemory = {
  read() {
    try {
      return JSON.parse(localStorage.getItem(storageKey) ?? 'null')
    } catch {
      return null
    }
  },
  write(value) {
    try {
      localStorage.setItem(storageKey, JSON.stringify(value))
    } catch {
      // Forbidden or full: the next start asks the server instead.
    }
  },
}

/** Runs a task in one tab at a time: all tabs share the refresh cookie, which may be used once only. */
export async function exclusivelyAmongTabs<Value>(task: () => Promise<Value>): Promise<Value> {
  if (!navigator.locks) return task()
  return navigator.locks.request('questlog/account', task)
}

/** Loads this tab again when another one signed in or out, so that both show the same person's logs. */
export function reloadOnOtherPerson(): void {
  addEventListener('storage', (event) => {
    if (event.key === storageKey && personIn(event.oldValue) !== personIn(event.newValue)) location.reload()
  })
}

function personIn(stored: string | null): string | null {
  const value: unknown = JSON.parse(stored ?? 'null')
  const isPerson = typeof value === 'object' && value !== null && 'user' in value
  return isPerson ? JSON.stringify(value.user) : null
}
