import { closeDialog } from '../../ui/dialogs.ts'
import { later } from '../../ui/later.tsx'

export const DuePicker = later(async () => (await import('./QuestPickers.tsx')).DuePicker, closeDialog)
export const PriorityPicker = later(async () => (await import('./QuestPickers.tsx')).PriorityPicker, closeDialog)
export const TagPicker = later(async () => (await import('./QuestPickers.tsx')).TagPicker, closeDialog)
export const MovePicker = later(async () => (await import('./QuestPickers.tsx')).MovePicker, closeDialog)
