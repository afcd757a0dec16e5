import type { ProjectId, QuestId } from '@questlog/shared/domain/kernel/ids'
import type { ListKey } from '@questlog/shared/domain/quest/lists'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useMemo, useRef } from 'react'
import { offerUndo, perform } from '../../actions/perform.ts'
import { formatInstant } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import {
  useIsReadOnly,
  useList,
  useProject,
  useQuest,
  useTrashedProjects,
  useWorkspace,
} from '../../session/workspace-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { focusInstead } from '../../ui/focus.ts'
import { Page } from '../../ui/Page.tsx'
import { restoreAll } from '../quests/quest-commands.ts'
import { splitTrash } from './split-trash.ts'

const trashKey: ListKey = { kind: 'trash' }

/** Deleted projects, each with the quests that went with it, then single quests, the latest first. */
export function TrashPage() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const quests = useList(trashKey)
  const projects = useTrashedProjects()
  const readOnly = useIsReadOnly()
  const rows = useMemo(() => splitTrash(workspace.projection, projects, quests), [workspace, projects, quests])
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.id ?? index,
    estimateSize: () => 57,
    overscan: 10,
  })
  return (
    <Page
      title={t('nav.trash')}
      detail={t('trash.detail')}
      actions={
        rows.length === 0 ? null : (
          <button
            type="button"
            className="button"
            disabled={readOnly}
            onClick={() => {
              restoreAll(workspace, quests, projects)
              focusInstead(() => null)
            }}
          >
            {t('trash.restoreAll')}
          </button>
        )
      }
    >
      {rows.length === 0 ? (
        <EmptyState title={t('trash.empty')} text={t('trash.emptyText')} />
      ) : (
        <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto pb-6">
          <ul aria-label={t('nav.trash')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((item) => {
              const row = rows[item.index]
              return row === undefined ? null : (
                <li
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  aria-setsize={rows.length}
                  aria-posinset={item.index + 1}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {row.kind === 'project' ? (
                    <TrashedProject id={row.id} questCount={row.questCount} />
                  ) : (
                    <TrashedQuest id={row.id} />
                  )}
                </li>
              )
            })}
          </ul>
        </div>
      )}
    </Page>
  )
}

function TrashedProject({ id, questCount }: { readonly id: ProjectId; readonly questCount: number }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const project = useProject(id)
  if (project === undefined) return null
  const { name } = project
  const restore = () => {
    if (perform(workspace, { kind: 'restoreProject', id })) offerUndo(workspace, 'project.restored', { name })
  }
  return (
    <TrashedLine title={name} deletedAt={project.deletedAt} onRestore={restore}>
      {t('trash.project', { count: questCount })}
    </TrashedLine>
  )
}

function TrashedQuest({ id }: { readonly id: QuestId }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const quest = useQuest(id)
  const project = useProject(quest?.projectId ?? null)
  if (quest === undefined) return null
  return (
    <TrashedLine title={quest.title} deletedAt={quest.deletedAt} onRestore={() => restoreAll(workspace, [id])}>
      {project === undefined ? null : t('trash.from', { name: project.name })}
    </TrashedLine>
  )
}

interface TrashedLineProps {
  readonly title: string
  readonly deletedAt: number | null
  readonly onRestore: () => void
  /** What else there is to know before restoring it. */
  readonly children: ReactNode
}

function TrashedLine({ title, deletedAt, onRestore, children }: TrashedLineProps) {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const readOnly = useIsReadOnly()
  return (
    <div className="flex max-w-[69rem] items-center gap-3 border-b border-line px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 [overflow-wrap:anywhere]">
          <bdi>{title}</bdi>
        </p>
        <p className="flex flex-wrap gap-x-3 text-[0.8125rem] text-soft">
          {children === null ? null : <span className="[overflow-wrap:anywhere]">{children}</span>}
          {deletedAt === null ? null : (
            <span>{t('trash.deletedAt', { time: formatInstant(language, deletedAt) })}</span>
          )}
        </p>
      </div>
      <button
        type="button"
        aria-label={t('trash.restoreOne', { title })}
        className="button"
        disabled={readOnly}
        onClick={({ currentTarget }) => {
          const list = currentTarget.closest('ul')
          const buttons = () => [...(list?.isConnected ? list.querySelectorAll('button') : [])]
          const at = buttons().indexOf(currentTarget)
          onRestore()
          focusInstead(() => buttons()[at] ?? buttons().at(-1))
        }}
      >
        {t('trash.restore')}
      </button>
    </div>
  )
}
