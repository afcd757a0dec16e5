import { useEffect, useReducer, useRef, useState } from 'react'
import { createDraft, type DraftSource } from './draft.ts'

interface UsedDraft {
  readonly text: string
  readonly change: (text: string) => void
  /** Saves now what can be saved already. */
  readonly save: () => void
  /** Saves now what is not saved yet; the field shows the record again. */
  readonly leave: () => void
}

/** Text that is saved when typing pauses, the field is left, or the page goes away. Until it is touched it follows the record. */
export function useDraft(source: DraftSource): UsedDraft {
  const [, render] = useReducer((count: number) => count + 1, 0)
  const latest = useRef(source)
  latest.current = source
  const [draft] = useState(() => createDraft(() => latest.current, render))
  useEffect(() => {
    const save = () => draft.save(false)
    window.addEventListener('pagehide', save)
    return () => {
      window.removeEventListener('pagehide', save)
      draft.save(true)
    }
  }, [draft])
  return { text: draft.text(), change: draft.change, save: () => draft.save(false), leave: draft.leave }
}

/** Text of a form, which is sent when the person says so. Until it is typed in, it follows the record. */
export function useTyped(stored: string) {
  const [typed, type] = useState<string | null>(null)
  return { text: typed ?? stored, isTouched: typed !== null && typed !== stored, type, forget: () => type(null) }
}
