import { closeDialog } from '../../ui/dialogs.ts'
import { later } from '../../ui/later.tsx'

export const SwitchLog = later(async () => (await import('./SwitchLog.tsx')).SwitchLog, closeDialog)
