import { flushSync } from 'react-dom'
import { useTranslate } from '../../i18n/translate.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { purgeQuestion, purgeRows } from './purge.ts'
import type { TrashRow } from './split-trash.ts'

interface PurgeDialogProps {
  readonly title: string
  readonly rows: readonly TrashRow[]
  readonly onClose: () => void
  /** Called once they are gone and the dialog is closed: what had the focus may be gone with them. */
  readonly onDone: () => void
}

/** Asks before lines of the Trash are removed for good, says how many they are, and removes them. */
export function PurgeDialog({ title, rows, onClose, onDone }: PurgeDialogProps) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const confirm = () => {
    flushSync(onClose)
    if (purgeRows(workspace, rows)) onDone()
  }
  return (
    <ConfirmDialog title={title} question={t(...purgeQuestion(workspace, rows))} onConfirm={confirm} onClose={onClose}>
      <p className="mt-2 text-soft">{t('trash.askKept')}</p>
    </ConfirmDialog>
  )
}
