import type { Action } from '../../actions/action.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly, useWorkspace, useWorkspaceState } from '../../session/workspace-context.ts'
import { redoAction, undoAction } from './undo-actions.ts'

/** Undo and redo of this device's own commands. */
export function UndoButtons() {
  const readOnly = useIsReadOnly()
  const canUndo = useWorkspaceState((state) => state.canUndo)
  const canRedo = useWorkspaceState((state) => state.canRedo)
  return (
    <>
      <ArrowButton action={undoAction} isPossible={canUndo && !readOnly} />
      <ArrowButton action={redoAction} isPossible={canRedo && !readOnly} />
    </>
  )
}

interface ArrowButtonProps {
  readonly action: Action
  readonly isPossible: boolean
}

/** Stays focusable while nothing can be done, so that the focus is not lost with the last step. */
function ArrowButton({ action, isPossible }: ArrowButtonProps) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const { icon: Icon } = action
  const label = t(action.name)
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={!isPossible}
      onClick={() => action.run(workspace)}
      className="grid size-9 place-items-center rounded text-soft hover:bg-hover hover:text-ink aria-disabled:opacity-45 pointer-coarse:size-11"
    >
      {Icon === undefined ? null : <Icon />}
    </button>
  )
}
