import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { Suspense } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsDone, useIsReadOnly, useQuest, useWorkspace } from '../../session/workspace-context.ts'
import { focusInstead } from '../../ui/focus.ts'
import { HistorySection } from '../history/HistorySection.tsx'
import { QuestNotes } from '../notes/later-notes.ts'
import { CompletionMark } from '../quests/CompletionMark.tsx'
import { useUi } from '../quests/list-state.ts'
import { closeQuest } from '../quests/open-quest.ts'
import { restoreAll, toggleDone, trashAll } from '../quests/quest-commands.ts'
import { PurgeButton } from '../trash/PurgeButton.tsx'
import { MoreFields } from './MoreFields.tsx'
import { QuestFields } from './QuestFields.tsx'
import { StepList } from './StepList.tsx'
import { TitleField } from './TitleField.tsx'

/** Everything about one quest, saved as it is written. */
export function QuestEditor({ id }: { readonly id: QuestId }) {
  const t = useTranslate()
  const quest = useQuest(id)
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex items-center justify-between gap-2 border-b border-line px-2 py-1.5">
        <h2 className="ps-2 text-sm font-semibold text-soft">{t('editor.title')}</h2>
        <button type="button" className="button button-quiet" onClick={closeQuest}>
          {t('close')} <kbd className="kbd pointer-coarse:hidden">Esc</kbd>
        </button>
      </div>
      {quest === undefined ? (
        <p className="p-4 text-soft">{t('editor.gone')}</p>
      ) : (
        <EditorBody key={id} quest={quest} />
      )}
    </div>
  )
}

function EditorBody({ quest }: { readonly quest: Quest }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const done = useIsDone(quest.id)
  const celebrating = useUi((ui) => ui.celebrating.has(quest.id))
  const readOnly = useIsReadOnly()
  const isTrashed = quest.deletedAt !== null
  const leavePurged = () => {
    closeQuest()
    focusInstead(() => document.querySelector<HTMLElement>('main [data-trashed]'))
  }
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pt-3 pb-8 sm:px-4">
      {isTrashed ? (
        <div className="mb-3 flex flex-wrap items-center gap-2 rounded bg-warn-wash px-3 py-2">
          <p className="w-full">{t('editor.inTrash')}</p>
          <button
            type="button"
            className="button"
            disabled={readOnly}
            onClick={() => {
              restoreAll(workspace, [quest.id])
              focusInstead(() => document.querySelector<HTMLElement>('[data-editor] textarea'))
            }}
          >
            {t('trash.restore')}
          </button>
          <PurgeButton rows={[{ kind: 'quest', id: quest.id }]} onDone={leavePurged} />
        </div>
      ) : null}
      <fieldset disabled={readOnly || isTrashed} className="contents">
        <legend className="sr-only">{t('editor.title')}</legend>
        <div className="flex items-start gap-1">
          <CompletionMark
            title={quest.title}
            done={done}
            priority={quest.priority}
            celebrating={celebrating}
            onToggle={() => toggleDone(workspace, quest.id)}
          />
          <TitleField quest={quest} done={done} />
        </div>
        <QuestFields quest={quest} />
        <StepList quest={quest} />
      </fieldset>
      <Suspense fallback={<p className="mt-6 text-soft">{t('notes.loading')}</p>}>
        <QuestNotes questId={quest.id} readOnly={readOnly || isTrashed} />
      </Suspense>
      <fieldset disabled={readOnly || isTrashed} className="contents">
        <legend className="sr-only">{t('editor.more')}</legend>
        <MoreFields quest={quest} />
      </fieldset>
      <HistorySection id={quest.id} />
      {isTrashed ? null : (
        <div className="mt-6 border-t border-line pt-4">
          <button
            type="button"
            className="button button-danger"
            disabled={readOnly}
            onClick={() => {
              closeQuest()
              trashAll(workspace, [quest.id])
            }}
          >
            {t('quest.trash')}
          </button>
        </div>
      )}
    </div>
  )
}
