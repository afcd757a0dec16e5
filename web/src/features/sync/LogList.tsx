import type { DeviceLog } from '@questlog/shared/client/session/device-log'
import { titleOfLog } from '@questlog/shared/client/session/device-log-list'
import { type LogStanding, standingOf } from '@questlog/shared/client/session/log-standing'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { MergeLog } from './MergeLog.tsx'

/** The logs kept on this device; another one can be opened or removed. */
export function LogList() {
  const t = useTranslate()
  const logs = useSessionState((state) => state.logs)
  return (
    <section className="mt-6">
      <h3 className="font-semibold">{t('device.logs')}</h3>
      <ul aria-label={t('device.logs')} className="mt-2 border-t border-line">
        {logs.map((log) => (
          <LogLine key={log.ref.documentName} log={log} />
        ))}
      </ul>
    </section>
  )
}

/** What becomes of unsaved changes. */
const outlookOf: { readonly [Standing in LogStanding]: MessageKey } = {
  local: 'device.onlyHere',
  own: 'device.unsavedOwn',
  unknown: 'device.unsavedUnknown',
  'signed-out': 'device.unsavedOther',
  another: 'device.unsavedAnother',
}

function LogLine({ log }: { readonly log: DeviceLog }) {
  const t = useTranslate()
  const session = useSession()
  const { ref } = useWorkspace()
  const isShown = ref.documentName === log.ref.documentName
  const { documentName } = log.ref
  const person = useSessionState((state) => state.person)
  const workspaces = useSessionState((state) => state.workspaces)
  const standing = standingOf(log, person, workspaces)
  const isWaiting = !isShown && log.unsavedChanges > 0
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-64">
        <p dir="auto" className="[overflow-wrap:anywhere]">
          {log.owner === null ? t('device.localLog') : t('device.logOf', { name: titleOfLog(log) })}
        </p>
        <p className="text-sm text-soft">
          {isShown ? t('device.shown') : log.owner === null ? t('device.onlyHere') : log.owner.email}
        </p>
        {isWaiting ? (
          <p className="text-sm">
            <strong>{t('device.unsaved', { count: log.unsavedChanges })}</strong>{' '}
            {t(outlookOf[standing], { name: log.owner?.displayName ?? '' })}
          </p>
        ) : null}
      </div>
      {isShown ? null : (
        <div className="flex flex-wrap gap-2">
          {standing === 'own' ? null : <MergeLog log={log} />}
          <button type="button" className="button" onClick={() => void session.show(documentName)}>
            {t('device.open')}
          </button>
          <ConfirmButton
            label={t('device.remove')}
            question={t(log.owner === null ? 'device.removeLocalQuestion' : 'device.removeQuestion')}
            onConfirm={() => void session.remove(documentName)}
          />
        </div>
      )}
    </li>
  )
}
