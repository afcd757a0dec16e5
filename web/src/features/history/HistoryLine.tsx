import type { HistoryItem } from '@questlog/shared/client/merge-activity'
import { type QuestId, storedId } from '@questlog/shared/domain/ids'
import { useId, useRef } from 'react'
import { offerUndo, perform } from '../../app/perform.ts'
import { openQuest } from '../../app/route.ts'
import { useIsReadOnly, useQuest, useWorkspace } from '../../app/workspace-context.ts'
import { formatAgo, formatDay, formatInstant, formatTime, localDay } from '../../i18n/format.ts'
import { describeFormer, restoringInWords } from './describe-change.ts'
import { restoreCommand } from './restore-command.ts'
import { valueInWords, type Wording } from './value-in-words.ts'

interface HistoryLineProps {
  readonly item: HistoryItem
  readonly text: string
  readonly wording: Wording
  /** Whether to name the quest: in a history of the whole log. */
  readonly namesQuest: boolean
}

/** One change: what it was, when, whether something was overridden by it, and the way back. */
export function HistoryLine({ item, text, wording, namesQuest }: HistoryLineProps) {
  const { t, language } = wording
  const textId = useId()
  const line = useRef<HTMLDivElement>(null)
  const field = item.path?.split('/')[0] ?? ''
  return (
    <div ref={line} tabIndex={-1} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-1.5 outline-none">
      <div className="min-w-0 flex-[1_1_12rem]">
        {namesQuest && item.questId !== null ? (
          <QuestTitle id={storedId<QuestId>(item.questId)} wording={wording} />
        ) : null}
        <p id={textId} dir="auto" className="[overflow-wrap:anywhere]">
          {text}
        </p>
        {item.change === 'lost' ? (
          <p dir="auto" className="text-sm font-semibold [overflow-wrap:anywhere]">
            {t('history.lostText', { after: valueInWords(wording, field, item.after) ?? t('history.none') })}
          </p>
        ) : null}
        {item.replacedOwn ? <p className="text-sm font-semibold">{t('history.replacedOwn')}</p> : null}
        <p className="text-sm text-soft">
          <time dateTime={new Date(item.at).toISOString()} title={formatInstant(language, item.at)}>
            {formatTime(language, item.at)} · {formatAgo(language, item.at, Date.now())}
          </time>
        </p>
      </div>
      <RestoreButton item={item} wording={wording} describedBy={textId} onRestored={() => line.current?.focus()} />
    </div>
  )
}

function QuestTitle({ id, wording }: { readonly id: QuestId; readonly wording: Wording }) {
  const quest = useQuest(id)
  if (quest === undefined) return <p className="text-soft">{wording.t('history.someQuest')}</p>
  return (
    <button
      type="button"
      className="max-w-full rounded text-start font-semibold hover:underline pointer-coarse:-my-2.5 pointer-coarse:min-h-11"
      onClick={() => openQuest(id)}
    >
      <bdi className="line-clamp-2 [overflow-wrap:anywhere]">{quest.title}</bdi>
    </button>
  )
}

interface RestoreButtonProps {
  readonly item: HistoryItem
  readonly wording: Wording
  readonly describedBy: string
  readonly onRestored: () => void
}

function RestoreButton({ item, wording, describedBy, onRestored }: RestoreButtonProps) {
  const { t } = wording
  const workspace = useWorkspace()
  const readOnly = useIsReadOnly()
  // What can be restored changes with the quest.
  useQuest(storedId<QuestId>(item.id))
  const command = restoreCommand(item, workspace.projection)
  if (command === null || readOnly) return null
  const restore = () => {
    if (!perform(workspace, command)) return
    if (command.kind === 'restoreQuests') offerUndo(workspace, 'quest.restored', { count: 1 })
    else offerUndo(workspace, 'history.restored', { value: describeFormer(item, wording) ?? t('history.none') })
    // The button goes with what it offered.
    onRestored()
  }
  return (
    <button type="button" className="button max-w-full py-1 text-sm" aria-describedby={describedBy} onClick={restore}>
      <span dir="auto" className="max-w-56 truncate">
        {restoringInWords(item, wording)}
      </span>
    </button>
  )
}

/** The day of a change and who made it, over the changes below. */
export function headingInWords({ t, language, today }: Wording, at: number, author: string): string {
  return t('history.onDay', { day: formatDay(language, localDay(at), today), author })
}
