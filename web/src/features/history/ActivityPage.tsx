import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { useRows } from '../../ui/use-rows.ts'
import { HistoryLine, headingInWords } from './HistoryLine.tsx'
import { HistoryNotes } from './HistoryNotes.tsx'
import type { HistoryRow } from './history-rows.ts'
import type { PutBack } from './restore/can-put-back.ts'
import { RestoreDialog } from './restore/RestoreDialog.tsx'
import { useMayRestore } from './restore/use-restore.ts'
import { useAuthorNames } from './use-author-names.ts'
import { type HistoryView, useHistory } from './use-history.ts'
import { useHistoryRows, useWording } from './use-history-rows.ts'
import type { Wording } from './value-in-words.ts'

/** Everything that happened in the log on screen, or only what was removed, latest first. */
export function ActivityPage() {
  const [isRemovedOnly, setIsRemovedOnly] = useState(false)
  return (
    <Page actions={<RemovedFilter isOn={isRemovedOnly} onChange={setIsRemovedOnly} />}>
      <Activity key={String(isRemovedOnly)} isRemovedOnly={isRemovedOnly} />
    </Page>
  )
}

/** The list, which loads more as it is scrolled, and what owners may do about it. */
function Activity({ isRemovedOnly }: { readonly isRemovedOnly: boolean }) {
  const t = useTranslate()
  const history = useHistory(null, isRemovedOnly)
  useAuthorNames(history.items)
  const wording = useWording()
  const rows = useHistoryRows(history.items, wording)
  const mayRestore = useMayRestore()
  const [asked, setAsked] = useState<PutBack | null>(null)
  const isEmpty = rows.length === 0 && !history.hasFailed && history.isAll
  const close = () => {
    setAsked(null)
    history.reload()
  }
  const emptyTexts = isRemovedOnly
    ? ({ title: 'history.noneRemoved', text: 'history.noneRemovedText' } as const)
    : ({ title: 'history.empty', text: 'history.emptyText' } as const)
  return (
    <>
      <div className="px-4">
        <HistoryNotes history={history} />
      </div>
      {isEmpty ? (
        <EmptyState title={t(emptyTexts.title)} text={t(emptyTexts.text)} />
      ) : (
        <ActivityRows
          rows={rows}
          wording={wording}
          isAll={history.isAll}
          loadMore={history.loadMore}
          onPutBack={mayRestore ? setAsked : undefined}
        />
      )}
      {asked === null ? null : <RestoreDialog asked={asked} onClose={close} />}
    </>
  )
}

interface RemovedFilterProps {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

function RemovedFilter({ isOn, onChange }: RemovedFilterProps) {
  const t = useTranslate()
  return (
    <button
      type="button"
      aria-pressed={isOn}
      className="button button-quiet px-2.5 text-sm font-normal text-soft aria-pressed:text-accent"
      onClick={() => onChange(!isOn)}
    >
      {t('history.onlyRemoved')}
    </button>
  )
}

interface ActivityRowsProps {
  readonly rows: readonly HistoryRow[]
  readonly wording: Wording
  readonly isAll: boolean
  readonly loadMore: HistoryView['loadMore']
  readonly onPutBack: ((asked: PutBack) => void) | undefined
}

function ActivityRows({ rows, wording, isAll, loadMore, onPutBack }: ActivityRowsProps) {
  const { t } = wording
  const moments = useMemo(() => firstOfEachMoment(rows), [rows])
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useRows({
    scroller,
    count: rows.length,
    keyAt: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    heightAt: (index) => (rows[index]?.kind === 'heading' ? 36 : 76),
  })
  const shown = virtualizer.getVirtualItems()
  const isAtEnd = (shown.at(-1)?.index ?? 0) >= rows.length - 1
  const asked = useRef(-1)
  useEffect(() => {
    if (!isAtEnd || loadMore === null || asked.current === rows.length) return
    // Once for each end: a page that brought nothing to show leaves the button.
    asked.current = rows.length
    loadMore()
  }, [isAtEnd, loadMore, rows.length])
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 pb-6">
      <ul
        data-rows
        aria-label={t('nav.activity')}
        className="relative max-w-2xl"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {shown.map((virtual) => {
          const row = rows[virtual.index]
          return row === undefined ? null : (
            <li
              key={virtual.key}
              ref={virtualizer.measureElement}
              data-index={virtual.index}
              data-row
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${virtual.start}px)` }}
            >
              {row.kind === 'heading' ? (
                <h2 dir="auto" className="border-b border-line pt-4 pb-1 text-sm font-semibold text-soft">
                  {headingInWords(wording, row.at, row.author)}
                </h2>
              ) : (
                <HistoryLine
                  item={row.item}
                  text={row.text}
                  wording={wording}
                  namesQuest={row.item.questId !== null}
                  onPutBack={onPutBack}
                  offersMoment={moments.has(row.key)}
                />
              )}
            </li>
          )
        })}
      </ul>
      {isAll ? <p className="max-w-2xl pt-4 text-sm text-soft">{t('history.end')}</p> : null}
      {loadMore === null ? null : (
        <button type="button" className="button mt-4" onClick={loadMore}>
          {t('history.more')}
        </button>
      )}
    </div>
  )
}

/** Of changes that came at once, the one listed first: all of them share one moment of the log. */
function firstOfEachMoment(rows: readonly HistoryRow[]): ReadonlySet<string> {
  const firsts = new Map<number, string>()
  for (const row of rows) {
    if (row.kind === 'change' && row.item.seq !== null && !firsts.has(row.item.seq)) firsts.set(row.item.seq, row.key)
  }
  return new Set(firsts.values())
}
