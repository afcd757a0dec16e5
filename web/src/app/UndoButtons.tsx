import { useTranslate } from '../i18n/translate.ts'
import { redo, undo } from './perform.ts'
import { useWorkspace, useWorkspaceState } from './workspace-context.ts'

/** Undo and redo of this device's own commands. */
export function UndoButtons() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const canUndo = useWorkspaceState((state) => state.canUndo)
  const canRedo = useWorkspaceState((state) => state.canRedo)
  const style =
    'grid size-9 place-items-center rounded text-soft hover:bg-hover hover:text-ink disabled:opacity-40 pointer-coarse:size-11'
  return (
    <>
      <button
        type="button"
        aria-label={t('undo')}
        title={t('undo')}
        aria-disabled={!canUndo}
        onClick={() => undo(workspace)}
        className={`${style} ${canUndo ? '' : 'opacity-45'}`}
      >
        <span className="rtl:-scale-x-100">
          <BackArrow />
        </span>
      </button>
      <button
        type="button"
        aria-label={t('redo')}
        title={t('redo')}
        aria-disabled={!canRedo}
        onClick={() => redo(workspace)}
        className={`${style} ${canRedo ? '' : 'opacity-45'}`}
      >
        <span className="-scale-x-100 rtl:scale-x-100">
          <BackArrow />
        </span>
      </button>
    </>
  )
}

function BackArrow() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
      <path
        d="M6 3 2.5 6.5 6 10M2.5 6.5h7a4 4 0 0 1 0 8H7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
