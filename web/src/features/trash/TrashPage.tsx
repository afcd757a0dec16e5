import type { ListKey } from '@questlog/shared/domain/quest/lists'
import { useMemo, useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly, useList, useTrashedProjects, useWorkspace } from '../../session/workspace-context.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { focusInstead } from '../../ui/focus.ts'
import { Page } from '../../ui/Page.tsx'
import { restoreAll } from '../quests/quest-commands.ts'
import { PurgeButton } from './PurgeButton.tsx'
import { recordsOf, splitTrash } from './split-trash.ts'
import { TrashList } from './TrashList.tsx'

const trashKey: ListKey = { kind: 'trash' }
const none: ReadonlySet<string> = new Set()

/** Deleted projects, each with the quests that went with it, then single quests, the latest first. */
export function TrashPage() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const quests = useList(trashKey)
  const projects = useTrashedProjects()
  const readOnly = useIsReadOnly()
  const rows = useMemo(() => splitTrash(workspace.projection, projects, quests), [workspace, projects, quests])
  const [marked, setMarked] = useState(none)
  // What was chosen may be gone since, by this device or another.
  const chosen = useMemo(() => rows.filter(({ id }) => marked.has(id)), [rows, marked])
  const toggle = (id: string) =>
    setMarked((was) => {
      const next = new Set(was)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const targets = chosen.length > 0 ? chosen : rows
  const settle = () => {
    setMarked(none)
    focusInstead(() => document.querySelector<HTMLElement>('main [data-trashed]'))
  }
  const restore = () => {
    const { questIds, projectIds } = recordsOf(targets)
    restoreAll(workspace, questIds, projectIds)
    settle()
  }
  return (
    <Page detail={t('trash.detail')}>
      {rows.length === 0 ? (
        <EmptyState title={t('trash.empty')} text={t('trash.emptyText')} />
      ) : (
        <>
          <div className="flex max-w-[69rem] flex-wrap items-center gap-2 border-b border-line px-4 pb-2">
            <p role="status" className="me-auto text-soft">
              {chosen.length > 0 ? t('trash.chosen', { count: chosen.length }) : null}
            </p>
            <button type="button" className="button" disabled={readOnly} onClick={restore}>
              {t(chosen.length > 0 ? 'trash.restore' : 'trash.restoreAll')}
            </button>
            <PurgeButton
              label={t(chosen.length > 0 ? 'trash.purge' : 'trash.purgeAll')}
              rows={targets}
              onDone={settle}
            />
          </div>
          <TrashList label={t('nav.trash')} rows={rows} choice={{ ids: marked, toggle }} />
        </>
      )}
    </Page>
  )
}
