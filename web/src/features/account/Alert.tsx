import { type MessageKey, useTranslate } from '../../i18n/translate.ts'

/** Why something failed, announced; nothing without a failure. */
export function Alert({ failure }: { readonly failure: MessageKey | null }) {
  const t = useTranslate()
  return (
    <p role="alert" className="rounded bg-danger-wash px-3 py-2 text-danger empty:hidden">
      {failure === null ? null : t(failure)}
    </p>
  )
}
