import type { QuestId } from '@questlog/shared/domain/ids'
import type { ListKey } from '@questlog/shared/domain/lists'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { Page } from '../../app/Page.tsx'
import { useList, useQuest, useWorkspace } from '../../app/workspace-context.ts'
import { formatInstant } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { EmptyState } from './EmptyState.tsx'
import { restoreAll } from './quest-commands.ts'

const trashKey: ListKey = { kind: 'trash' }

/** Deleted quests, newest first, each with its way back. */
export function TrashPage() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const ids = useList(trashKey)
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => ids[index] ?? index,
    estimateSize: () => 57,
    overscan: 10,
  })
  const restoreEverything = () => restoreAll(workspace, ids)
  return (
    <Page
      title={t('nav.trash')}
      detail={t('trash.detail')}
      actions={
        ids.length === 0 ? null : (
          <button type="button" className="button" onClick={restoreEverything}>
            {t('trash.restoreAll')}
          </button>
        )
      }
    >
      {ids.length === 0 ? (
        <EmptyState title={t('trash.empty')} text={t('trash.emptyText')} />
      ) : (
        <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto pb-6">
          <ul aria-label={t('nav.trash')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((item) => {
              const id = ids[item.index]
              return id === undefined ? null : (
                <li
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  aria-setsize={ids.length}
                  aria-posinset={item.index + 1}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <TrashedQuest id={id} />
                </li>
              )
            })}
          </ul>
        </div>
      )}
    </Page>
  )
}

function TrashedQuest({ id }: { readonly id: QuestId }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const language = usePreferences((preferences) => preferences.language)
  const quest = useQuest(id)
  if (quest === undefined) return null
  return (
    <div className="flex items-center gap-3 border-b border-line px-4 py-2">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="line-clamp-2 [overflow-wrap:anywhere]">
          {quest.title}
        </p>
        {quest.deletedAt === null ? null : (
          <p className="text-[0.8125rem] text-soft">
            {t('trash.deletedAt', { time: formatInstant(language, quest.deletedAt) })}
          </p>
        )}
      </div>
      <button
        type="button"
        aria-label={t('trash.restoreOne', { title: quest.title })}
        className="button"
        onClick={() => restoreAll(workspace, [id])}
      >
        {t('trash.restore')}
      </button>
    </div>
  )
}
