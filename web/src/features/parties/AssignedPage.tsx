import type { QuestResponse } from '@questlog/shared/protocol/quests'
import { useCallback } from 'react'
import { formatWhen } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageBody } from '../../ui/Page.tsx'
import { showToast } from '../../ui/toasts.ts'
import { deviceZone, useToday } from '../../ui/use-today.ts'
import { partyFailureFrom } from './party-failure.ts'
import { RemoteNote } from './RemoteNote.tsx'
import { type Remote, useRemote } from './use-remote.ts'

/** What a guest of a party sees of it: the quests assigned to them, read from and written to the server alone. */
export function AssignedPage({ id }: { readonly id: string }) {
  const t = useTranslate()
  const { rest } = useSession()
  const name = useSessionState(({ workspaces }) => workspaces?.find((ref) => ref.id === id)?.name ?? null)
  const quests = useRemote(useCallback(() => rest.assigned.list(id), [rest, id]))
  return (
    <Page detail={name === null ? null : t('assigned.detail', { name })}>
      {quests.value?.length === 0 && quests.failure === null ? (
        <EmptyState title={t('assigned.none')} text={t('assigned.noneText')} />
      ) : (
        <PageBody>
          <p className="text-soft">{t('assigned.text')}</p>
          <RemoteNote of={quests} loading="assigned.loading" />
          {quests.value === null ? null : (
            <ul aria-label={t('assigned.title')} className="mt-3 border-t border-line">
              {quests.value.map((quest) => (
                <AssignedQuest key={quest.id} workspaceId={id} quest={quest} quests={quests} />
              ))}
            </ul>
          )}
        </PageBody>
      )}
    </Page>
  )
}

interface AssignedQuestProps {
  readonly workspaceId: string
  readonly quest: QuestResponse
  readonly quests: Remote<unknown>
}

function AssignedQuest({ workspaceId, quest, quests }: AssignedQuestProps) {
  const t = useTranslate()
  const { assigned } = useSession().rest
  const language = usePreferences((preferences) => preferences.language)
  const today = useToday()
  const toggle = async () => {
    const answer = await (quest.done
      ? assigned.reopen(workspaceId, quest.id)
      : assigned.complete(workspaceId, quest.id, deviceZone()))
    if (!answer.ok) showToast({ tone: 'error', message: partyFailureFrom(answer.error) })
    await quests.reload()
  }
  return (
    <li className="border-b border-line">
      <label className="flex min-h-11 items-start gap-3 py-2">
        <input
          type="checkbox"
          className="mt-1 size-4 shrink-0 pointer-coarse:size-5"
          checked={quest.done}
          disabled={quests.isLoading}
          onChange={() => void toggle()}
        />
        <span className="min-w-0 flex-1">
          <bdi className={`[overflow-wrap:anywhere] ${quest.done ? 'text-soft line-through' : ''}`}>{quest.title}</bdi>
          {quest.due === null ? null : (
            <span className="block text-sm text-soft">
              {t('assigned.due', { day: formatWhen(language, quest.due, today, deviceZone()) })}
            </span>
          )}
          {quest.notes === '' ? null : (
            <span dir="auto" className="block text-sm whitespace-pre-line text-soft [overflow-wrap:anywhere]">
              {quest.notes}
            </span>
          )}
        </span>
      </label>
    </li>
  )
}
