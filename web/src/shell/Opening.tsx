import type { OpenError } from '@questlog/shared/client/session/open-error'
import { useEffect, useState } from 'react'
import { useTranslate } from '../i18n/translate.ts'
import { useSession } from '../session/session-context.ts'

const patienceMs = 400

/** Shown while the local store opens; says so only when it takes long enough to notice. */
export function Opening() {
  const t = useTranslate()
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), patienceMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main className="grid h-full place-items-center bg-surface">
      <p role="status" className="text-soft">
        {isSlow ? t('opening') : ''}
      </p>
    </main>
  )
}

/** Shown when this device's store cannot be opened: nothing is lost, and nothing can be written either. */
export function OpenFailure({ error }: { readonly error: OpenError }) {
  const t = useTranslate()
  const session = useSession()
  return (
    <main className="grid h-full place-items-center bg-surface p-6">
      <div className="max-w-md">
        <h1 className="text-xl font-bold">{t('storage.cannotOpen')}</h1>
        <p role="alert" className="mt-2">
          {t(`storage.${error.kind}`)}
        </p>
        <button type="button" className="button button-primary mt-4" onClick={() => void session.reopen()}>
          {t('retry')}
        </button>
      </div>
    </main>
  )
}
