import { closeDialog } from '../../ui/dialogs.ts'
import { later } from '../../ui/later.tsx'

export const NewProject = later(async () => (await import('./NewProject.tsx')).NewProject, closeDialog)
