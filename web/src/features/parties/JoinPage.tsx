import type { KeyValue } from '@questlog/shared/client/ports/key-value'
import type { InvitationPreview } from '@questlog/shared/protocol/members'
import { useCallback, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { formatInstant } from '../../i18n/format.ts'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { goTo } from '../../ui/go-to.ts'
import { Page, PageBody } from '../../ui/Page.tsx'
import { assignedHref } from './assigned-href.ts'
import { dropInvitation, takeInvitation } from './invitation-in-hand.ts'
import { partyFailureFrom } from './party-failure.ts'
import { RemoteNote } from './RemoteNote.tsx'
import { useRemote } from './use-remote.ts'

/** Where an invitation link leads: what it is for, signing in if need be, and joining. */
export function JoinPage() {
  const t = useTranslate()
  const { windowMemory } = useSession()
  const [token, setToken] = useState(() => takeInvitation(windowMemory))
  useEffect(() => {
    // Another link opened in this tab changes the hash alone.
    const onHash = () => setToken(takeInvitation(windowMemory))
    addEventListener('hashchange', onHash)
    return () => removeEventListener('hashchange', onHash)
  }, [windowMemory])
  return (
    <Page>
      {token === null ? (
        <EmptyState title={t('join.noToken')} text={t('join.noTokenText')} />
      ) : (
        <Invitation key={token} token={token} />
      )}
    </Page>
  )
}

function Invitation({ token }: { readonly token: string }) {
  const t = useTranslate()
  const { rest, windowMemory } = useSession()
  const preview = useRemote(useCallback(() => rest.parties.preview(token), [rest, token]))
  if (preview.failure === 'party.error.invitation')
    return (
      <EmptyState title={t('join.invalid')} text={t('party.error.invitation')}>
        <button type="button" className="button mt-4" onClick={() => leaveInvitation(windowMemory)}>
          {t('join.toInbox')}
        </button>
      </EmptyState>
    )
  return (
    <PageBody>
      <RemoteNote of={preview} loading="join.loading" />
      {preview.value === null ? null : <Preview token={token} preview={preview.value} />}
    </PageBody>
  )
}

function Preview({ token, preview }: { readonly token: string; readonly preview: InvitationPreview }) {
  const t = useTranslate()
  const session = useSession()
  const language = usePreferences((preferences) => preferences.language)
  const person = useSessionState((state) => state.person)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const { workspaceName, inviterName, role } = preview
  const join = async () => {
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    const joined = await session.rest.parties.accept(token)
    setIsBusy(false)
    if (!joined.ok) return setFailure(partyFailureFrom(joined.error))
    dropInvitation(session.windowMemory)
    goTo(joined.value.role === 'guest' ? assignedHref(joined.value.id) : '/')
    await session.adopt(joined.value)
  }
  return (
    <div className="mt-2 rounded-md border border-line p-4">
      <p className="text-lg font-semibold [overflow-wrap:anywhere]">
        {t('join.invites', { inviter: inviterName, name: workspaceName })}
      </p>
      <p className="mt-2">{t('join.role', { role: t(`role.${role}`), explanation: t(`role.explain.${role}`) })}</p>
      <p className="mt-1 text-soft">
        {t('join.until', { time: formatInstant(language, Date.parse(preview.expiresAt)) })}
      </p>
      <p className="mt-3">{person === null ? t('join.needAccount') : t('join.as', { name: person.displayName })}</p>
      <p role="alert" className="mt-3 rounded bg-danger-wash px-3 py-2 text-danger empty:hidden">
        {failure === null ? null : t(failure)}
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        {person === null ? (
          <>
            <Link href="/sign-up" className="button button-primary">
              {t('account.signUp')}
            </Link>
            <Link href="/sign-in" className="button">
              {t('account.signIn')}
            </Link>
          </>
        ) : (
          <button type="button" className="button button-primary" aria-disabled={isBusy} onClick={() => void join()}>
            {isBusy ? t('join.joining') : t('join.button', { name: workspaceName })}
          </button>
        )}
        <button type="button" className="button button-quiet" onClick={() => leaveInvitation(session.windowMemory)}>
          {t('join.decline')}
        </button>
      </div>
    </div>
  )
}

function leaveInvitation(windowMemory: KeyValue): void {
  dropInvitation(windowMemory)
  goTo('/')
}
