import type { AccountError } from '@questlog/shared/client/rest/account'
import { readSecurityEvents } from '@questlog/shared/client/rest/security-events'
import { type SecurityEventResponse, securityEventKinds } from '@questlog/shared/protocol/audit'
import { useCallback, useState } from 'react'
import { formatInstant } from '../../i18n/format.ts'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession } from '../../session/session-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { Alert } from '../../ui/Alert.tsx'
import { RemoteNote } from '../parties/RemoteNote.tsx'
import { AccountFrame } from './AccountFrame.tsx'
import { settingsFailure } from './settings-failure.ts'
import { useAccountData } from './use-account-data.ts'

/** What happened to the person's account, the newest first. */
export function SecurityEventsPage() {
  return <AccountFrame>{({ id }) => <Events userId={id} />}</AccountFrame>
}

function Events({ userId }: { readonly userId: string }) {
  const t = useTranslate()
  const { account } = useSession().rest
  const newest = useAccountData(useCallback(() => readSecurityEvents(account, null), [account]))
  const { value } = newest
  return (
    <>
      <p className="mt-4 max-w-prose text-soft">{t('security.text')}</p>
      <RemoteNote of={newest} loading="settings.loading" />
      {value === null ? null : value.items.length === 0 ? (
        <p className="mt-3">{t('security.none')}</p>
      ) : (
        // Earlier ones go on where the newest end; where that has moved, they begin again.
        <EventList key={value.nextCursor} newest={value} userId={userId} />
      )}
    </>
  )
}

interface EventListProps {
  readonly newest: { readonly items: readonly SecurityEventResponse[]; readonly nextCursor: string | null }
  readonly userId: string
}

function EventList({ newest, userId }: EventListProps) {
  const t = useTranslate()
  const { account } = useSession().rest
  const [earlier, setEarlier] = useState<readonly SecurityEventResponse[]>([])
  const [next, setNext] = useState(newest.nextCursor)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const showEarlier = async () => {
    if (isBusy || next === null) return
    setIsBusy(true)
    setFailure(null)
    const page = await readSecurityEvents(account, next)
    setIsBusy(false)
    if (!page.ok) return setFailure(settingsFailure(page.error satisfies AccountError))
    setEarlier((before) => [...before, ...page.value.items])
    setNext(page.value.nextCursor)
  }
  return (
    <>
      <ol aria-label={t('security.title')} className="mt-3 border-t border-line">
        {[...newest.items, ...earlier].map((event) => (
          <EventLine key={event.id} event={event} userId={userId} />
        ))}
      </ol>
      <div className="mt-4 grid max-w-sm gap-3">
        <Alert failure={failure} />
        {next === null ? null : (
          <button
            type="button"
            className="button justify-self-start"
            aria-disabled={isBusy}
            onClick={() => void showEarlier()}
          >
            {t(isBusy ? 'settings.loading' : 'security.more')}
          </button>
        )}
      </div>
    </>
  )
}

interface EventLineProps {
  readonly event: SecurityEventResponse
  readonly userId: string
}

function EventLine({ event, userId }: EventLineProps) {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const kind = securityEventKinds.find((known) => known === event.kind)
  const isByOther = event.actorId !== null && event.actorId !== userId
  const facts = [
    ...(event.address === null ? [] : [t('security.from', { address: event.address })]),
    ...(isByOther ? [t('security.byOther')] : []),
  ]
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-1.5">
      <p className="min-w-0 flex-1 basis-52">
        {/* A newer server knows kinds that this client has no words for. */}
        {kind === undefined ? event.kind : t(`event.${kind}`)}
        {facts.length === 0 ? null : <span className="block text-sm text-soft">{facts.join(' · ')}</span>}
      </p>
      <time dateTime={event.at} className="text-sm text-soft">
        {formatInstant(language, Date.parse(event.at))}
      </time>
    </li>
  )
}
