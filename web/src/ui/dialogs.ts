import type { ComponentType } from 'react'
import { create } from 'zustand'

/** The dialog over the page, one at a time; null while there is none. */
export const useDialog = create<{ readonly Dialog: ComponentType | null }>(() => ({ Dialog: null }))

/** Opens a dialog; any other closes. */
export function openDialog(Dialog: ComponentType): void {
  useDialog.setState({ Dialog })
}

/** Opens a dialog from another, once that one is closed and has given the focus back. */
export function openNextDialog(Dialog: ComponentType): void {
  closeDialog()
  requestAnimationFrame(() => openDialog(Dialog))
}

/** Closes the open dialog, if one is. */
export function closeDialog(): void {
  useDialog.setState({ Dialog: null })
}
