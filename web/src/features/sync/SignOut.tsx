import type { Person } from '@questlog/shared/client/session/device-log'
import { sumUnsaved } from '@questlog/shared/client/session/device-log-list'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { Modal } from '../../ui/Modal.tsx'

/** Signing out, with the choice to keep the account's log here and a warning while changes are unsaved. */
export function SignOut({ person }: { readonly person: Person }) {
  const t = useTranslate()
  const session = useSession()
  const [isAsking, setIsAsking] = useState(false)
  const unsaved = useSessionState(({ logs }) => sumUnsaved(logs.filter(({ owner }) => owner?.id === person.id)))
  const signOut = (data: 'keep' | 'remove') => {
    setIsAsking(false)
    void session.signOut(data)
  }
  return (
    <section className="mt-8 border-t border-line pt-4">
      <h2 className="text-base font-bold">{t('account.title')}</h2>
      <p className="mt-1 mb-3 text-soft">
        <bdi>{person.displayName}</bdi> · <bdi>{person.email}</bdi>
      </p>
      <button type="button" className="button" onClick={() => setIsAsking(true)}>
        {t('signOut.button')}
      </button>
      {isAsking ? (
        <Modal title={t('signOut.title')} onClose={() => setIsAsking(false)}>
          <p>{t('signOut.text')}</p>
          {unsaved === 0 ? null : (
            <p role="alert" className="mt-3 rounded bg-danger-wash px-3 py-2 text-danger">
              {t('signOut.unsaved', { count: unsaved })}
            </p>
          )}
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            <button type="button" className="button" data-autofocus onClick={() => setIsAsking(false)}>
              {t('cancel')}
            </button>
            <button type="button" className="button button-danger" onClick={() => signOut('remove')}>
              {t('signOut.remove')}
            </button>
            <button type="button" className="button button-primary" onClick={() => signOut('keep')}>
              {t('signOut.keep')}
            </button>
          </div>
        </Modal>
      ) : null}
    </section>
  )
}
