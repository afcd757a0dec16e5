import type { ListKey } from '@questlog/shared/domain/quest/lists'
import { useTranslate } from '../../i18n/translate.ts'
import { useStanding } from '../../session/session-context.ts'
import { useListCount, useWorkspaceState } from '../../session/workspace-context.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { FirstRun } from './FirstRun.tsx'
import { QuestList } from './QuestList.tsx'
import { QuickAdd } from './QuickAdd.tsx'
import { SelectButton } from './SelectButton.tsx'
import { useOpenAndDone } from './use-sections.ts'

const allKey: ListKey = { kind: 'all' }
const inboxPlace = { projectId: null, due: null }

/** Everything that has no project yet. An empty log opens here and invites to write the first quest. */
export function InboxPage() {
  const t = useTranslate()
  const sections = useOpenAndDone(null)
  const all = useListCount(allKey)
  const open = sections[0]?.ids.length ?? 0
  const isEmpty = all === 0
  const isOwn = useStanding() === 'own'
  const isArriving = useWorkspaceState(({ sync }) => sync.kind === 'connecting' || sync.kind === 'offline')
  const isFirstRun = isEmpty && !(isOwn && isArriving)
  return (
    <Page detail={isFirstRun ? null : t('list.count', { count: open })} actions={<SelectButton />}>
      <QuickAdd place={inboxPlace} label={t('quest.addToInbox')} autoFocus={isFirstRun} />
      <QuestList
        label={t('nav.inbox')}
        sections={sections}
        isToday={false}
        empty={
          isFirstRun ? (
            <FirstRun />
          ) : isEmpty ? (
            <EmptyState title={t('inbox.arriving')} text={t('inbox.arrivingText')} />
          ) : (
            <EmptyState title={t('inbox.empty')} text={t('inbox.emptyText')} />
          )
        }
      />
    </Page>
  )
}
