import { useTranslate } from '../../i18n/translate.ts'
import { announce, showToast } from '../../ui/toasts.ts'
import { downloadFile } from './download-file.ts'

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly email: string
  readonly onKept: () => void
}

/** Recovery codes, this once, to be copied or kept as a file. */
export function RecoveryCodes({ codes, email, onKept }: RecoveryCodesProps) {
  const t = useTranslate()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join('\n'))
      showToast({ tone: 'info', message: 'copied' })
    } catch {
      // No permission, or no secure context: the codes can be selected as text.
      announce(t('copyFailed'))
      showToast({ tone: 'error', message: 'copyFailed' })
    }
  }
  const download = () => {
    const lines = [t('methods.codesFile', { email }), '', ...codes, '']
    downloadFile('questlog-recovery-codes.txt', 'text/plain', lines.join('\n'))
  }
  return (
    <>
      <p>{t('methods.codesText')}</p>
      <ul
        aria-label={t('methods.codesList')}
        dir="ltr"
        className="my-3 grid justify-center gap-x-6 gap-y-1 whitespace-nowrap sm:grid-cols-2 rounded border border-line bg-canvas p-3 font-mono select-all"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="button" data-autofocus onClick={() => void copy()}>
          {t('copy')}
        </button>
        <button type="button" className="button" onClick={download}>
          {t('methods.codesDownload')}
        </button>
        <button type="button" className="button button-primary ms-auto" onClick={onKept}>
          {t('methods.codesKept')}
        </button>
      </div>
    </>
  )
}
