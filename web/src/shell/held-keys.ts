/** Knows on which element each key that is held down was pressed. */
export interface HeldKeys {
  /** Takes a `keydown`; true for the repeat of a key that was pressed while the focus was elsewhere. */
  press(event: Press): boolean
  /** Takes a `keyup`. */
  release(event: Press): void
}

type Press = Pick<KeyboardEvent, 'code' | 'key' | 'repeat' | 'target'>

/** Begins with no key held: the repeat of one that was pressed outside of the page is from elsewhere too. */
export function createHeldKeys(): HeldKeys {
  const pressedOn = new Map<string, EventTarget | null>()
  // Keyboards on a screen have no codes.
  const keyOf = ({ code, key }: Press) => code || key
  return {
    press(event) {
      if (event.repeat) return pressedOn.get(keyOf(event)) !== event.target
      pressedOn.set(keyOf(event), event.target)
      return false
    },
    release(event) {
      pressedOn.delete(keyOf(event))
    },
  }
}

/** Whether a key writes, deletes or presses what has the focus, which it must not do to what it was not meant for. */
export function actsOnFocus({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (['Backspace', 'Delete', 'Enter'].includes(key)) return true
  return key.length === 1 && !ctrlKey && !metaKey
}
