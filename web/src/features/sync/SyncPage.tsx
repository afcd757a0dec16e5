import type { StorageReport } from '@questlog/shared/client/ports/storage-keeping'
import { titleOfLog } from '@questlog/shared/client/session/device-log-list'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { formatBytes, formatInstant } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState, useStanding, useUnsavedElsewhere } from '../../session/session-context.ts'
import { useWorkspace, useWorkspaceState } from '../../session/workspace-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { Page, PageBody } from '../../ui/Page.tsx'
import { downloadExport } from './download-export.ts'
import { LogList } from './LogList.tsx'
import { MergeLog } from './MergeLog.tsx'
import { RefusalActions } from './RefusalActions.tsx'
import { SetAside } from './SetAside.tsx'
import { SignOut } from './SignOut.tsx'
import { statusInWords } from './StatusChip.tsx'

/** Where every edit is, what this device keeps, and how to take it along. */
export function SyncPage() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const person = useSessionState((state) => state.person)
  return (
    <Page>
      <PageBody>
        <StatusSection />
        <SetAside />
        <StorageSection />
        <LogList />
        <section className="mt-8">
          <h2 className="text-base font-bold">{t('log.exportTitle')}</h2>
          <p className="mt-1 mb-3 text-soft">{t('log.exportText')}</p>
          <button type="button" className="button" onClick={() => downloadExport(workspace)}>
            {t('sync.export')}
          </button>
        </section>
        {person === null ? null : <SignOut person={person} />}
      </PageBody>
    </Page>
  )
}

function StatusSection() {
  const t = useTranslate()
  const session = useSession()
  const language = usePreferences((preferences) => preferences.language)
  const sync = useWorkspaceState((state) => state.sync)
  const person = useSessionState((state) => state.person)
  const standing = useStanding()
  const log = useSessionState(({ logs, workspace }) => logs.find(({ ref }) => ref.id === workspace?.ref.id))
  const owner = log?.owner ?? null
  const elsewhere = useUnsavedElsewhere()
  const explanation = () => {
    if (standing === 'signed-out') return t('refusal.signed-out')
    if (standing === 'another' && owner !== null && person !== null)
      return t('standing.another', { name: owner.displayName, email: owner.email, person: person.displayName })
    if (standing === 'local' && person !== null) return t('standing.localBeside', { person: person.displayName })
    return sync.kind === 'refused' ? t(`refusal.${sync.reason}`) : t(`explain.${sync.kind}`)
  }
  return (
    <section className="mt-2 rounded-md border border-line p-4">
      <h2 className="text-base font-bold">{statusInWords(t, sync, standing)}</h2>
      <p className="mt-1 text-soft">
        {explanation()}
        {sync.kind === 'saved' ? ` ${t('explain.savedAt', { time: formatInstant(language, sync.at) })}` : ''}
      </p>
      {elsewhere.map((log) => (
        <p key={log.ref.documentName} dir="auto" className="mt-1 font-semibold">
          {t('sync.elsewhere', { name: titleOfLog(log), count: log.unsavedChanges })}
        </p>
      ))}
      <div className="mt-3 flex flex-wrap gap-2 empty:hidden">
        {standing === 'signed-out' ? (
          <Link href="/sign-in" className="button button-primary">
            {t('account.signIn')}
          </Link>
        ) : person === null ? (
          <>
            <Link href="/sign-up" className="button button-primary">
              {t('account.signUp')}
            </Link>
            <Link href="/sign-in" className="button">
              {t('account.signIn')}
            </Link>
          </>
        ) : (standing === 'local' || standing === 'another') && log !== undefined ? (
          <MergeLog log={log} />
        ) : sync.kind === 'refused' ? (
          <RefusalActions reason={sync.reason} />
        ) : sync.kind === 'offline' ? (
          <button type="button" className="button" onClick={session.retrySync}>
            {t('explain.tryNow')}
          </button>
        ) : null}
      </div>
    </section>
  )
}

function StorageSection() {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const standing = useStanding()
  const hasAccount = standing === 'own' || standing === 'signed-out'
  const { storage } = useSession()
  const [report, setReport] = useState<StorageReport | null>(null)
  useEffect(() => {
    let isShown = true
    void storage.report().then((next) => isShown && setReport(next))
    return () => {
      isShown = false
    }
  }, [storage])
  return (
    <section className="mt-8">
      <h2 className="text-base font-bold">{t('device.title')}</h2>
      <p className="mt-1 text-soft">{t(hasAccount ? 'device.explainAccount' : 'device.explainLocal')}</p>
      {report === null ? null : (
        <>
          <p className="mt-1 text-soft">{t(report.persistent ? 'device.persistent' : 'device.notPersistent')}</p>
          {report.usageBytes === null || report.quotaBytes === null ? null : (
            <p className="mt-1 text-soft">
              {t('device.usage', {
                used: formatBytes(language, report.usageBytes),
                quota: formatBytes(language, report.quotaBytes),
              })}
            </p>
          )}
        </>
      )}
    </section>
  )
}
