import { foldText } from '../kernel/fold-text.ts'

const folded = new WeakMap<{ readonly title: string }, string>()

/**
 * A quest's title as it is looked for, folded once for as long as the quest stays as it is: each key typed into a search
 * asks for all of them, and titles in other than Latin letters take long to fold.
 */
export function foldedTitle(quest: { readonly title: string }): string {
  const known = folded.get(quest)
  if (known !== undefined) return known
  const title = foldText(quest.title)
  folded.set(quest, title)
  return title
}
