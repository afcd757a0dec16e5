import { closeDialog } from '../../ui/dialogs.ts'
import { later } from '../../ui/later.tsx'

export const ActionPalette = later(async () => (await import('./Palette.tsx')).ActionPalette, closeDialog)
export const QuestSearch = later(async () => (await import('./Palette.tsx')).QuestSearch, closeDialog)
