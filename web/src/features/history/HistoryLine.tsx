import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { useId, useRef } from 'react'
import { offerUndo, perform } from '../../actions/perform.ts'
import { formatAgo, formatDay, formatInstant, formatTime, localDay } from '../../i18n/format.ts'
import { useIsReadOnly, useQuest, useWorkspace } from '../../session/workspace-context.ts'
import { openQuest } from '../quests/open-quest.ts'
import { describeFormer, nameOfItem, replacedWritten, restoringInWords } from './describe-change.ts'
import { MomentButton, PutBackButton } from './RestoreButtons.tsx'
import { isRemoval, type PutBack } from './restore/can-put-back.ts'
import { restoreCommand } from './restore-command.ts'
import { quoted, valueInWords, type Wording } from './value-in-words.ts'

interface HistoryLineProps {
  readonly item: HistoryItem
  readonly text: string
  readonly wording: Wording
  /** Whether to name the quest: in a history of the whole log. */
  readonly namesQuest: boolean
  /** Asks to put back what the change removed; absent for people who may not. */
  readonly onPutBack?: ((asked: PutBack) => void) | undefined
  /** Whether to offer to put the whole log back to where it stood then. */
  readonly offersMoment?: boolean
}

/** One change: what it was, when, whether something was overridden by it, and the way back. */
export function HistoryLine({ item, text, wording, namesQuest, onPutBack, offersMoment = false }: HistoryLineProps) {
  const { t, language } = wording
  const textId = useId()
  const line = useRef<HTMLDivElement>(null)
  const focusBack = () => line.current?.focus()
  const field = item.path?.split('/')[0] ?? ''
  return (
    <div ref={line} tabIndex={-1} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-1.5 outline-none">
      <div className="min-w-0 flex-[1_1_12rem]">
        {namesQuest && item.questId !== null ? (
          <QuestTitle id={storedId<QuestId>(item.questId)} item={item} wording={wording} />
        ) : null}
        {isRemoval(item) ? <p className="text-sm font-semibold text-danger">{t('history.removedMark')}</p> : null}
        <p id={textId} dir="auto" className="[overflow-wrap:anywhere]">
          {text}
        </p>
        {item.change === 'lost' ? (
          <p dir="auto" className="text-sm font-semibold [overflow-wrap:anywhere]">
            {t('history.lostText', { after: valueInWords(wording, field, item.after) ?? t('history.none') })}
          </p>
        ) : null}
        {replacedWritten(item) ? <p className="text-sm font-semibold">{t('history.replacedOwn')}</p> : null}
        <p className="flex flex-wrap items-baseline gap-x-3 text-sm text-soft">
          <time dateTime={new Date(item.at).toISOString()} title={formatInstant(language, item.at)}>
            {formatTime(language, item.at)} · {formatAgo(language, item.at, Date.now())}
          </time>
          {offersMoment && onPutBack !== undefined ? (
            <MomentButton item={item} wording={wording} describedBy={textId} onAsk={onPutBack} focusBack={focusBack} />
          ) : null}
        </p>
      </div>
      {onPutBack === undefined ? null : (
        <PutBackButton
          item={item}
          what={whatInWords(item, text, wording)}
          wording={wording}
          describedBy={textId}
          onAsk={onPutBack}
          focusBack={focusBack}
        />
      )}
      <RestoreButton item={item} wording={wording} describedBy={textId} onRestored={focusBack} />
    </div>
  )
}

/** What a person is asked about: the thing by its name, else the sentence about the change. */
function whatInWords(item: HistoryItem, text: string, wording: Wording): string {
  const name = nameOfItem(item, wording)
  return name === '' ? text : quoted(name)
}

interface QuestTitleProps {
  readonly id: QuestId
  readonly item: HistoryItem
  readonly wording: Wording
}

function QuestTitle({ id, item, wording }: QuestTitleProps) {
  const quest = useQuest(id)
  if (quest === undefined) {
    const name = item.table === 'quests' ? nameOfItem(item, wording) : ''
    return (
      <p className="font-semibold text-soft">
        <bdi className="line-clamp-2 [overflow-wrap:anywhere]">
          {name === '' ? wording.t('history.someQuest') : name}
        </bdi>
      </p>
    )
  }
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
