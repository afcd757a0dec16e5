import { useMemo } from 'react'
import { formatLongDay } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { useToday } from '../../ui/use-today.ts'
import { QuestList } from './QuestList.tsx'
import { QuickAdd } from './QuickAdd.tsx'
import { SelectButton } from './SelectButton.tsx'
import { useTodaySections } from './use-sections.ts'

/** What asks for attention today: overdue, now, later, and done already. */
export function TodayPage() {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const today = useToday()
  const sections = useTodaySections()
  const place = useMemo(() => ({ projectId: null, due: { d: today } }), [today])
  return (
    <Page detail={formatLongDay(language, today)} actions={<SelectButton />}>
      <QuickAdd place={place} label={t('quest.addForToday')} autoFocus={false} />
      <QuestList
        label={t('nav.today')}
        sections={sections}
        isToday={true}
        empty={<EmptyState title={t('today.empty')} text={t('today.emptyText')} />}
      />
    </Page>
  )
}
