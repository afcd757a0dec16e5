import { useEffect, useRef } from 'react'
import type { MessageKey } from '../i18n/message.ts'
import { useTranslate } from '../i18n/translate.ts'

interface AlertProps {
  readonly failure: MessageKey | null
  /** For a failure that is there when the page opens, which is not read out by itself: the focus goes to it. */
  readonly takesFocus?: boolean
}

/** Why something failed, announced; nothing without a failure. */
export function Alert({ failure, takesFocus = false }: AlertProps) {
  const t = useTranslate()
  const text = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (takesFocus) text.current?.focus()
  }, [takesFocus])
  return (
    <p
      ref={text}
      role="alert"
      tabIndex={takesFocus ? -1 : undefined}
      className="rounded bg-danger-wash px-3 py-2 text-danger empty:hidden"
    >
      {failure === null ? null : t(failure)}
    </p>
  )
}
