/** Whether keys typed into an element are text and not shortcuts. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
}

/** Whether an element answers Enter and Space by itself. */
export function takesEnterAndSpace(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[data-quest] a') !== null) return false
  return target.closest('button, a, summary, input, select, textarea, [role="menuitem"]') !== null
}

/** Whether an element is where arrow keys move through the list: nothing in particular, or the list itself. */
export function isListGround(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true
  return target === document.body || target.closest('[data-quest-list], main') !== null
}

/** Whether the editor covers the page. */
export function isNarrow(): boolean {
  return !matchMedia('(min-width: 64rem)').matches
}

/** Takes the focus out of a text field of the editor; returns whether it was in one. */
export function leaveEditorField(): boolean {
  const { activeElement } = document
  if (!(activeElement instanceof HTMLElement) || activeElement.closest('[data-editor]') === null) return false
  if (!takesText(activeElement)) return false
  activeElement.blur()
  return true
}

const longestWaitFrames = 120
let framesToWait = 0

/** Focuses a field now or, where its code is still on the way, once it is on screen: what is typed next is its text. */
export function focusField(selector: string): void {
  framesToWait = longestWaitFrames
  const look = () => {
    const field = document.querySelector<HTMLElement>(selector)
    field?.focus()
    framesToWait = field === null ? framesToWait - 1 : 0
    if (framesToWait > 0) requestAnimationFrame(look)
  }
  look()
}

/** Gives the focus a place once what has it is gone from the screen: what `find` finds then, or else the page. */
export function focusInstead(find: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => (find() ?? document.getElementById('main'))?.focus())
}

/** Gives the focus to the page where what had it is gone from the screen and nothing else took it. */
export function keepFocusOnPage(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.getElementById('main')?.focus()
  })
}

/** What was to take the focus is closed again. */
export function forgetAwaitedField(): void {
  framesToWait = 0
}

/** Whether a field is about to take the focus, so that keys are meant for it. */
export function isFieldAwaited(): boolean {
  return framesToWait > 0
}
