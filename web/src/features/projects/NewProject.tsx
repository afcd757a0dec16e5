import { newId, type ProjectId } from '@questlog/shared/domain/kernel/ids'
import { flushSync } from 'react-dom'
import { perform } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { closeDialog } from '../../ui/dialogs.ts'
import { focusField } from '../../ui/focus.ts'
import { goTo } from '../../ui/go-to.ts'
import { NameDialog } from '../../ui/NameDialog.tsx'

/** Asks for a name, makes the project and goes there. */
export function NewProject() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const create = (name: string) => {
    const id = newId<ProjectId>()
    const made = perform(workspace, { kind: 'createProject', id, name })
    if (made) {
      // The dialog gives the focus back to what may be gone with the page it was opened from.
      flushSync(() => {
        closeDialog()
        goTo(`/projects/${id}`)
      })
      focusField('[data-quick-add]')
    }
    return made
  }
  return (
    <NameDialog
      title={t('project.new')}
      initial=""
      submitLabel={t('project.create')}
      onClose={closeDialog}
      onSubmit={create}
    />
  )
}
