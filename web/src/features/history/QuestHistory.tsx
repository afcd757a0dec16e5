import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { HistoryLine, headingInWords } from './HistoryLine.tsx'
import { HistoryNotes } from './HistoryNotes.tsx'
import type { HistoryRow } from './history-rows.ts'
import type { PutBack } from './restore/can-put-back.ts'
import { RestoreDialog } from './restore/RestoreDialog.tsx'
import { useMayRestore } from './restore/use-restore.ts'
import { useAuthorNames } from './use-author-names.ts'
import { useHistory } from './use-history.ts'
import { useHistoryRows, useWording } from './use-history-rows.ts'
import type { Wording } from './value-in-words.ts'

const rowsAtFirst = 60

/** Everything known to have happened to a quest, the latest first. */
export function QuestHistory({ id }: { readonly id: QuestId }) {
  const t = useTranslate()
  const history = useHistory(id)
  useAuthorNames(history.items)
  const wording = useWording()
  const rows = useHistoryRows(history.items, wording)
  const [limit, setLimit] = useState(rowsAtFirst)
  const mayRestore = useMayRestore()
  const [asked, setAsked] = useState<PutBack | null>(null)
  const close = () => {
    setAsked(null)
    history.reload()
  }
  const showMore = () => {
    if (limit >= rows.length) history.loadMore?.()
    setLimit(limit + rowsAtFirst)
  }
  return (
    <div className="mt-2">
      <HistoryNotes history={history} />
      {rows.length === 0 && !history.isLoading && !history.hasFailed ? (
        <p className="py-1 text-soft">{t('history.empty')}</p>
      ) : null}
      {groupsOf(rows.slice(0, limit)).map((group) => (
        // By its earliest change: later ones join at the top, and a line that has the focus must stay.
        <HistoryGroup
          key={group.changes.at(-1)?.key}
          group={group}
          wording={wording}
          onPutBack={mayRestore ? setAsked : undefined}
        />
      ))}
      {rows.length > limit || history.loadMore !== null ? (
        <button type="button" className="button mt-2" onClick={showMore}>
          {t('history.more')}
        </button>
      ) : null}
      {asked === null ? null : <RestoreDialog asked={asked} onClose={close} />}
    </div>
  )
}

interface Group {
  readonly heading: Extract<HistoryRow, { kind: 'heading' }>
  readonly changes: Extract<HistoryRow, { kind: 'change' }>[]
}

interface HistoryGroupProps {
  readonly group: Group
  readonly wording: Wording
  readonly onPutBack: ((asked: PutBack) => void) | undefined
}

function HistoryGroup({ group, wording, onPutBack }: HistoryGroupProps) {
  return (
    <section className="mt-2">
      <h4 dir="auto" className="text-sm font-semibold text-soft">
        {headingInWords(wording, group.heading.at, group.heading.author)}
      </h4>
      <ul className="divide-y divide-line">
        {group.changes.map(({ key, item, text }) => (
          <li key={key}>
            <HistoryLine item={item} text={text} wording={wording} namesQuest={false} onPutBack={onPutBack} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function groupsOf(rows: readonly HistoryRow[]): readonly Group[] {
  const groups: Group[] = []
  for (const row of rows) {
    if (row.kind === 'heading') groups.push({ heading: row, changes: [] })
    else groups.at(-1)?.changes.push(row)
  }
  return groups
}
