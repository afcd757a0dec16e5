/**
 * Whether a key belongs to an input method: while it composes a text, and where it takes the key that ends the
 * composition, which Safari tells by the code 229 alone.
 */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229
}
