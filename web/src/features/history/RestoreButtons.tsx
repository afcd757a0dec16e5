import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { useWorkspace } from '../../session/workspace-context.ts'
import { isRemoval, momentOf, type PutBack, putBackRequest } from './restore/can-put-back.ts'
import type { Wording } from './value-in-words.ts'

interface ButtonProps {
  readonly item: HistoryItem
  /** What the change is about, in words. */
  readonly what: string
  readonly wording: Wording
  readonly describedBy: string
  readonly onAsk: (asked: PutBack) => void
  readonly focusBack: () => void
}

/** Offers to put back what a change removed; nothing where it is there. */
export function PutBackButton({ item, what, wording, describedBy, onAsk, focusBack }: ButtonProps) {
  const { projection } = useWorkspace()
  const request = putBackRequest(item, projection)
  if (request === null) return null
  return (
    <button
      type="button"
      className="button max-w-full py-1 text-sm"
      aria-describedby={describedBy}
      onClick={() => onAsk({ request, what, momentMs: item.at, focusBack })}
    >
      {wording.t(item.path === 'notes' ? 'restore.putNotesBack' : 'restore.putBack')}
    </button>
  )
}

/** Offers to put the whole log back to where it stood at a change. */
export function MomentButton({ item, wording, describedBy, onAsk, focusBack }: Omit<ButtonProps, 'what'>) {
  const at = momentOf(item)
  if (at === null) return null
  return (
    <button
      type="button"
      className="rounded text-start underline decoration-line underline-offset-2 hover:text-ink hover:decoration-current pointer-coarse:min-h-11"
      aria-describedby={describedBy}
      onClick={() => onAsk({ request: { at }, what: null, momentMs: item.at, focusBack })}
    >
      {wording.t(isRemoval(item) ? 'restore.toBefore' : 'restore.toHere')}
    </button>
  )
}
