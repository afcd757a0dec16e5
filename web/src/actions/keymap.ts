import type { Action } from './action.ts'

/** An action, the first half of a chord, or nothing. */
export type Match = Action | 'pending' | null

/** What pressing a chord means, perhaps after another. */
export function matchChord(actions: readonly Action[], pending: string | null, chord: string): Match {
  const pressed = pending === null ? chord : `${pending} ${chord}`
  const exact = actions.find(({ keys }) => keys.includes(pressed))
  if (exact !== undefined) return exact
  return actions.some(({ keys }) => keys.some((key) => key.startsWith(`${pressed} `))) ? 'pending' : null
}

/** Whether an action is carried out again and again while its key is held. */
export function isRepeating(match: Match): boolean {
  return match !== null && match !== 'pending' && match.repeats === true
}
