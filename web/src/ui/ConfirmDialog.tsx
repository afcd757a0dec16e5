import type { ReactNode } from 'react'
import { useTranslate } from '../i18n/translate.ts'
import { Modal } from './Modal.tsx'

interface ConfirmDialogProps {
  readonly title: string
  readonly question: string
  readonly children?: ReactNode
  /** Until it is true only going back is possible. */
  readonly isReady?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before what cannot be undone, with the title as the answer that does it. */
export function ConfirmDialog({ title, question, children, isReady = true, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useTranslate()
  return (
    <Modal title={title} onClose={onClose}>
      <p>{question}</p>
      {children}
      <div className="mt-4 flex justify-end gap-2">
        <button type="button" className="button" data-autofocus onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="button" className="button button-danger" disabled={!isReady} onClick={onConfirm}>
          {title}
        </button>
      </div>
    </Modal>
  )
}
