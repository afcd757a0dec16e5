import { useState } from 'react'
import { mayChange } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly, useWorkspace } from '../../session/workspace-context.ts'
import { PurgeDialog } from './PurgeDialog.tsx'
import type { TrashRow } from './split-trash.ts'

interface PurgeButtonProps {
  /** What the button says; "Delete for good" unless given. */
  readonly label?: string
  /** What screen readers are told instead of the label alone. */
  readonly name?: string
  readonly className?: string
  readonly rows: readonly TrashRow[]
  readonly onDone: () => void
}

/** A button that removes lines of the Trash for good, once that is confirmed. In a log that is only read it says so. */
export function PurgeButton({ label, name, className = 'button-danger', rows, onDone }: PurgeButtonProps) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const readOnly = useIsReadOnly()
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      <button
        type="button"
        data-purge
        aria-label={name}
        aria-disabled={readOnly}
        className={`button ${className}`}
        onClick={() => mayChange(workspace) && setIsAsking(true)}
      >
        {label ?? t('trash.purge')}
      </button>
      {isAsking ? (
        <PurgeDialog title={label ?? t('trash.purge')} rows={rows} onClose={() => setIsAsking(false)} onDone={onDone} />
      ) : null}
    </>
  )
}
