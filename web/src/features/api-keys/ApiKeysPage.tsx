import type { ApiKeyResponse } from '@questlog/shared/protocol/api-keys'
import { useCallback, useState } from 'react'
import { formatInstant } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { showToast } from '../../ui/toasts.ts'
import { AccountFrame } from '../account-settings/AccountFrame.tsx'
import { settingsFailure } from '../account-settings/settings-failure.ts'
import { useAccountData } from '../account-settings/use-account-data.ts'
import { RemoteNote } from '../parties/RemoteNote.tsx'
import { NewKey } from './NewKey.tsx'

/** The keys with which the person's own programs use the server. */
export function ApiKeysPage() {
  return <AccountFrame>{() => <Keys />}</AccountFrame>
}

function Keys() {
  const t = useTranslate()
  const { apiKeys } = useSession().rest
  const keys = useAccountData(useCallback(() => apiKeys.list(), [apiKeys]))
  const [isMaking, setIsMaking] = useState(false)
  const { value, reload } = keys
  const revoke = async (id: string) => {
    const revoked = await apiKeys.revoke(id)
    if (revoked.ok) showToast({ tone: 'info', message: 'apiKey.revoked' })
    else showToast({ tone: 'error', message: settingsFailure(revoked.error) })
    await reload()
  }
  return (
    <>
      <p className="mt-4 max-w-prose text-soft">
        {t('apiKey.text')}{' '}
        <a href="/api/docs" className="font-semibold text-accent underline underline-offset-4">
          {t('apiKey.docs')}
        </a>
      </p>
      <RemoteNote of={keys} loading="apiKey.loading" />
      {value === null ? null : value.length === 0 ? (
        <div className="mt-3">
          <h2 className="font-semibold">{t('apiKey.none')}</h2>
          <p className="text-soft">{t('apiKey.noneText')}</p>
        </div>
      ) : (
        <ul aria-label={t('apiKey.list')} className="mt-3 border-t border-line">
          {value.map((key) => (
            <KeyLine key={key.id} apiKey={key} onRevoke={() => void revoke(key.id)} />
          ))}
        </ul>
      )}
      <button type="button" className="button mt-4" onClick={() => setIsMaking(true)}>
        {t('apiKey.new')}
      </button>
      {isMaking ? <NewKey onMade={() => void reload()} onClose={() => setIsMaking(false)} /> : null}
    </>
  )
}

interface KeyLineProps {
  readonly apiKey: ApiKeyResponse
  readonly onRevoke: () => void
}

function KeyLine({ apiKey, onRevoke }: KeyLineProps) {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const { name, scope, workspaceId, expiresAt, lastUsedAt } = apiKey
  const narrowedTo = useSessionState(({ workspaces }) => workspaces?.find(({ id }) => id === workspaceId)?.name)
  const facts = [
    t(`apiKey.scope.${scope}`),
    workspaceId === null ? t('apiKey.forAll') : (narrowedTo ?? workspaceId),
    ...(expiresAt === null ? [] : [t('apiKey.until', { time: formatInstant(language, Date.parse(expiresAt)) })]),
    lastUsedAt === null
      ? t('apiKey.neverUsed')
      : t('apiKey.lastUsed', { time: formatInstant(language, Date.parse(lastUsedAt)) }),
  ]
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-semibold [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-soft">{facts.join(' · ')}</p>
      </div>
      <ConfirmButton
        label={t('apiKey.revoke')}
        name={t('apiKey.revokeOf', { name })}
        question={t('apiKey.revokeQuestion')}
        onConfirm={onRevoke}
      />
    </li>
  )
}
