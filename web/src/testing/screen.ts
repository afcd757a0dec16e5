import { type queries, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'

/** The field on a page of quests that becomes a quest on Enter. */
export function quickAdd(): HTMLElement {
  return screen.getByRole('textbox', { name: /^Add a quest/ })
}

/** What is on the page itself, without what is around it. */
export function main(): ReturnType<typeof within<typeof queries>> {
  return within(screen.getByRole('main'))
}

/** A quest's title in the list on screen. */
export function quest(title: string): HTMLElement {
  return main().getByRole('link', { name: title })
}

/** The titles of the quests in the list on screen, in order. */
export function titles(): readonly (string | null)[] {
  const rows = main().queryAllByRole('listitem')
  return rows.flatMap((row) => within(row).queryAllByRole('link')).map(({ textContent }) => textContent)
}

/** The editor of the open quest, once it is there. */
export async function editor(): Promise<ReturnType<typeof within<typeof queries>>> {
  return within(await screen.findByRole('complementary', { name: 'Quest details' }))
}

/** Writes quests as a person does, one after the other. */
export async function addQuests(user: UserEvent, ...added: readonly string[]): Promise<void> {
  for (const title of added) {
    await user.type(quickAdd(), `${title}{Enter}`)
    await waitFor(() => quest(title))
  }
}

/** Goes to another page of the app by its link. */
export async function goTo(user: UserEvent, name: string): Promise<void> {
  const navigation = screen.getByRole('navigation', { name: 'Main' })
  await user.click(within(navigation).getByRole('link', { name: new RegExp(`^${name}`) }))
  await screen.findByRole('heading', { level: 1, name })
}

/** The checkbox of a quest in the list on screen. */
export function checkbox(title: string): HTMLElement {
  return main().getByRole('checkbox', { name: `Complete ${title}` })
}

/** Opens a quest of the list in the editor. */
export async function openQuest(user: UserEvent, title: string): ReturnType<typeof editor> {
  await user.click(quest(title))
  return editor()
}

/** Unfolds what is done, and waits for a quest there. */
export async function untilDone(user: UserEvent, title: string): Promise<void> {
  await user.click(await screen.findByRole('button', { name: /^Done/, expanded: false }))
  await main().findByRole('checkbox', { name: new RegExp(title), checked: true })
}
