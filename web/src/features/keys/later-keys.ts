import { closeDialog } from '../../ui/dialogs.ts'
import { later } from '../../ui/later.tsx'

export const KeysHelp = later(async () => (await import('./KeysHelp.tsx')).KeysHelp, closeDialog)
