import { useState } from 'react'
import { useTranslate } from '../i18n/translate.ts'
import { Modal } from './Modal.tsx'

interface ConfirmButtonProps {
  readonly label: string
  /** What screen readers are told instead of the label alone. */
  readonly name?: string
  readonly question: string
  readonly onConfirm: () => void
}

/** A button for what cannot be undone: it asks before it acts. */
export function ConfirmButton({ label, name, question, onConfirm }: ConfirmButtonProps) {
  const t = useTranslate()
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      <button type="button" aria-label={name} className="button" onClick={() => setIsAsking(true)}>
        {label}
      </button>
      {isAsking ? (
        <Modal title={label} onClose={() => setIsAsking(false)}>
          <p>{question}</p>
          <div className="mt-4 flex justify-end gap-2">
            <button type="button" className="button" data-autofocus onClick={() => setIsAsking(false)}>
              {t('cancel')}
            </button>
            <button
              type="button"
              className="button button-danger"
              onClick={() => {
                setIsAsking(false)
                onConfirm()
              }}
            >
              {label}
            </button>
          </div>
        </Modal>
      ) : null}
    </>
  )
}
