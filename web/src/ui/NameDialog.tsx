import { type FormEvent, useId } from 'react'
import { useTranslate } from '../i18n/translate.ts'
import { Modal } from './Modal.tsx'
import { useTyped } from './use-draft.ts'

interface NameDialogProps {
  readonly title: string
  /** What the name is of; a project unless given. */
  readonly label?: string
  readonly maxLength?: number
  /** What the name is now; empty for something new. */
  readonly initial: string
  readonly submitLabel: string
  readonly onClose: () => void
  /** Returns whether the name was taken; the dialog stays open otherwise. */
  readonly onSubmit: (name: string) => boolean
}

/** Asks for one name. */
export function NameDialog({
  title,
  label,
  maxLength = 100,
  initial,
  submitLabel,
  onClose,
  onSubmit,
}: NameDialogProps) {
  const t = useTranslate()
  const id = useId()
  const { text: name, type: setName, isTouched } = useTyped(initial)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '' && (!isTouched || onSubmit(name.trim()))) onClose()
  }
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <label htmlFor={id} className="mb-1 block text-sm text-soft">
          {label ?? t('project.name')}
        </label>
        <input
          id={id}
          data-autofocus
          dir="auto"
          maxLength={maxLength}
          autoComplete="off"
          className="control w-full"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="mt-4 flex justify-end gap-2">
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={name.trim() === ''}>
            {submitLabel}
          </button>
        </div>
      </form>
    </Modal>
  )
}
