import { redo, undo } from '../actions/perform.ts'
import { useTranslate } from '../i18n/translate.ts'
import { useIsReadOnly, useWorkspace, useWorkspaceState } from '../session/workspace-context.ts'

/** Undo and redo of this device's own commands. */
export function UndoButtons() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const readOnly = useIsReadOnly()
  const canUndo = useWorkspaceState((state) => state.canUndo)
  const canRedo = useWorkspaceState((state) => state.canRedo)
  return (
    <>
      <ArrowButton
        label={t('undo')}
        isPossible={canUndo && !readOnly}
        turn="rtl:-scale-x-100"
        onClick={() => undo(workspace)}
      />
      <ArrowButton
        label={t('redo')}
        isPossible={canRedo && !readOnly}
        turn="-scale-x-100 rtl:scale-x-100"
        onClick={() => redo(workspace)}
      />
    </>
  )
}

interface ArrowButtonProps {
  readonly label: string
  readonly isPossible: boolean
  /** Class names that turn the arrow, which points back. */
  readonly turn: string
  readonly onClick: () => void
}

/** Stays focusable while nothing can be done, so that the focus is not lost with the last step. */
function ArrowButton({ label, isPossible, turn, onClick }: ArrowButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={!isPossible}
      onClick={onClick}
      className="grid size-9 place-items-center rounded text-soft hover:bg-hover hover:text-ink aria-disabled:opacity-45 pointer-coarse:size-11"
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" className={`size-4 ${turn}`}>
        <path
          d="M6 3 2.5 6.5 6 10M2.5 6.5h7a4 4 0 0 1 0 8H7"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </button>
  )
}
