import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { Suspense, useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { QuestHistory } from './later-history.ts'

/** The history of the open quest, folded until it is asked for. */
export function HistorySection({ id }: { readonly id: QuestId }) {
  const t = useTranslate()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className="mt-6" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded py-1 pe-2 font-semibold pointer-coarse:py-2.5">{t('history.title')}</summary>
      {isOpen ? (
        <Suspense fallback={<p className="mt-2 text-soft">{t('history.loading')}</p>}>
          <QuestHistory id={id} />
        </Suspense>
      ) : null}
    </details>
  )
}
