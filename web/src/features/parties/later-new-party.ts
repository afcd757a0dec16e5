import { closeDialog } from '../../ui/dialogs.ts'
import { later } from '../../ui/later.tsx'

export const NewParty = later(async () => (await import('./NewParty.tsx')).NewParty, closeDialog)
