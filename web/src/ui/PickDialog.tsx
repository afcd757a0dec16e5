import { Combobox, ComboboxInput, ComboboxOptions } from '@headlessui/react'
import { useState } from 'react'
import { useTranslate } from '../i18n/translate.ts'
import { closeOnEscape } from './close-on-escape.ts'
import { Modal } from './Modal.tsx'
import { type Pick, PickOption } from './PickOption.tsx'

interface PickDialogProps {
  readonly title: string
  readonly placeholder: string
  /** What can be picked for a typed text. */
  readonly options: (text: string) => readonly Pick[]
  readonly onPick: (pick: Pick) => void
  readonly onClose: () => void
}

/** Picks one of a few things by typing and Enter. */
export function PickDialog({ title, placeholder, options, onPick, onClose }: PickDialogProps) {
  const t = useTranslate()
  const [text, setText] = useState('')
  const picks = options(text.trim())
  return (
    <Modal title={title} onClose={onClose} onKeyDownCapture={closeOnEscape}>
      <Combobox<Pick>
        immediate
        by="key"
        onChange={(pick) => {
          if (pick === null) return
          onPick(pick)
          onClose()
        }}
      >
        <ComboboxInput
          autoFocus
          dir="auto"
          aria-label={title}
          placeholder={placeholder}
          className="control mb-2 w-full"
          onChange={(event) => setText(event.target.value)}
        />
        <ComboboxOptions static modal={false} className="max-h-[40dvh] overflow-y-auto outline-none">
          {picks.map((pick) => (
            <PickOption key={pick.key} pick={pick} />
          ))}
        </ComboboxOptions>
      </Combobox>
      <p role="status" className="px-3 py-2 text-soft empty:hidden">
        {picks.length === 0 && text.trim() !== '' ? t('palette.nothing') : null}
      </p>
    </Modal>
  )
}
