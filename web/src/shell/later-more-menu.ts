import { closeDialog } from '../ui/dialogs.ts'
import { later } from '../ui/later.tsx'

export const MoreMenu = later(async () => (await import('./MoreMenu.tsx')).MoreMenu, closeDialog)
