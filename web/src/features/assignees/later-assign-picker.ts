import { closeDialog } from '../../ui/dialogs.ts'
import { later } from '../../ui/later.tsx'

export const AssignPicker = later(async () => (await import('./AssignPicker.tsx')).AssignPicker, closeDialog)
