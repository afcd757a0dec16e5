import type { PasskeyError } from '@questlog/shared/client/rest/sign-in-methods'
import type { Result } from '@questlog/shared/domain/kernel/result'
import { useTranslate } from '../../i18n/translate.ts'
import { Modal } from '../../ui/Modal.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useTyped } from '../../ui/use-draft.ts'
import { SectionForm } from './SectionForm.tsx'

interface NameModalProps {
  readonly title: string
  readonly label: string
  readonly hint: string
  readonly submitLabel: string
  readonly initial: string
  readonly maxLength: number
  readonly isRequired?: boolean
  readonly onSubmit: (name: string) => Promise<Result<unknown, PasskeyError>>
  readonly onDone: (name: string) => void
  readonly onClose: () => void
}

/** Asks for the name of a thing of the account's. */
export function NameModal(props: NameModalProps) {
  const { title, label, hint, submitLabel, initial, maxLength, isRequired = true, onSubmit, onDone, onClose } = props
  const t = useTranslate()
  const { text: name, type: setName } = useTyped(initial)
  return (
    <Modal title={title} onClose={onClose}>
      <SectionForm
        isPrimary
        submitLabel={submitLabel}
        onSubmit={() => onSubmit(name.trim())}
        onDone={() => onDone(name.trim())}
        beside={
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
        }
      >
        <TextField
          label={label}
          type="text"
          autoComplete="off"
          hint={hint}
          isRequired={isRequired}
          value={name}
          onChange={(next) => setName(next.slice(0, maxLength))}
        />
      </SectionForm>
    </Modal>
  )
}
