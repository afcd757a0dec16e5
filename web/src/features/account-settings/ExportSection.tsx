import { useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { Alert } from '../../ui/Alert.tsx'
import { announce, showToast } from '../../ui/toasts.ts'
import { todayHere } from '../../ui/use-today.ts'
import { Section } from './AccountFrame.tsx'
import { downloadFile } from './download-file.ts'
import { settingsFailure } from './settings-failure.ts'
import { useAccountServices } from './use-account-services.ts'

/** Everything the server holds on the person, as a file. */
export function ExportSection() {
  const t = useTranslate()
  const { own } = useAccountServices()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const download = async () => {
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    announce(t('own.exporting'))
    const exported = await own.exportAll()
    setIsBusy(false)
    if (!exported.ok) return setFailure(settingsFailure(exported.error))
    downloadFile(`questlog-account-${todayHere()}.json`, 'application/json', JSON.stringify(exported.value, null, 2))
    showToast({ tone: 'info', message: 'own.exported' })
  }
  return (
    <Section title={t('own.export')} text={t('own.exportText')}>
      <div className="mt-3 grid max-w-sm gap-3">
        <Alert failure={failure} />
        <button
          type="button"
          aria-disabled={isBusy}
          className="button justify-self-start"
          onClick={() => void download()}
        >
          {t(isBusy ? 'own.exporting' : 'own.exportButton')}
        </button>
      </div>
    </Section>
  )
}
