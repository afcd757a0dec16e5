import type { KeyboardEvent } from 'react'
import { closeDialog } from './dialogs.ts'

/** For a dialog that a list of choices fills: without this Escape closes the list alone, which stays on screen. */
export function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return
  event.preventDefault()
  closeDialog()
}
