import type { UserEvent } from '@testing-library/user-event'

/** Puts text into a field, in place of what is there; as by pasting it. */
export async function fill(user: UserEvent, field: HTMLElement, text: string): Promise<void> {
  await user.clear(field)
  if (text !== '') await user.paste(text)
}
