import type { KeyboardEvent } from 'react'
import { closeDialog } from './ui-store.ts'

/** For the field of a list that fills a dialog: without this the first Escape closes the list, which stays on screen. */
export function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
  event.preventDefault()
  closeDialog()
}
