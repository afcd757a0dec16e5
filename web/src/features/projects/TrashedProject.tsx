import type { Project } from '@questlog/shared/domain/groups/group-fields'
import type { ListKey } from '@questlog/shared/domain/quest/lists'
import { useMemo } from 'react'
import { offerUndo, perform } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly, useList, useWorkspace } from '../../session/workspace-context.ts'
import { focusInstead } from '../../ui/focus.ts'
import { goTo } from '../../ui/go-to.ts'
import { Page } from '../../ui/Page.tsx'
import { PurgeButton } from '../trash/PurgeButton.tsx'
import { splitTrash } from '../trash/split-trash.ts'
import { TrashList } from '../trash/TrashList.tsx'

const trashKey: ListKey = { kind: 'trash' }

/** A project in the Trash, with the quests that went there with it, to be read, restored or removed for good. */
export function TrashedProject({ project }: { readonly project: Project }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const readOnly = useIsReadOnly()
  const { id, name } = project
  const trashed = useList(trashKey)
  const questIds = useMemo(
    () =>
      splitTrash(workspace.projection, [id], trashed).flatMap((row) => (row.kind === 'project' ? row.questIds : [])),
    [workspace, id, trashed],
  )
  const rows = useMemo(() => questIds.map((questId) => ({ kind: 'quest', id: questId }) as const), [questIds])
  const restore = () => {
    if (!perform(workspace, { kind: 'restoreProject', id })) return
    offerUndo(workspace, 'project.restored', { name })
    focusInstead(() => document.querySelector<HTMLElement>('[data-quick-add]'))
  }
  return (
    <Page
      title={name}
      detail={t('project.trashed')}
      actions={
        <>
          <button type="button" className="button" disabled={readOnly} onClick={restore}>
            {t('trash.restore')}
          </button>
          <PurgeButton rows={[{ kind: 'project', id, questIds }]} onDone={() => goTo('/trash')} />
        </>
      }
    >
      <p className="px-4 pb-3 text-soft">{t('project.trashedText')}</p>
      <TrashList label={name} rows={rows} />
    </Page>
  )
}
