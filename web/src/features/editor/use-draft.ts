import { useCallback, useEffect, useRef, useState } from 'react'

const idleMs = 500

interface Draft {
  readonly text: string
  readonly change: (text: string) => void
  /** Saves now what is not saved yet. */
  readonly commit: () => void
}

/**
 * Text that is saved when typing pauses, the field is left, or the page goes away. While it is not being written it
 * follows the stored value, so an edit from another device shows at once.
 */
export function useDraft(stored: string, save: (text: string) => void): Draft {
  const [draft, setDraft] = useState<string | null>(null)
  const pending = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef({ stored, save })
  latest.current = { stored, save }

  const saveNow = useCallback(() => {
    clearTimeout(timer.current)
    const text = pending.current
    pending.current = null
    if (text !== null && text !== latest.current.stored) latest.current.save(text)
  }, [])
  const commit = useCallback(() => {
    saveNow()
    setDraft(null)
  }, [saveNow])
  const change = useCallback(
    (text: string) => {
      setDraft(text)
      pending.current = text
      clearTimeout(timer.current)
      timer.current = setTimeout(saveNow, idleMs)
    },
    [saveNow],
  )
  useEffect(() => {
    window.addEventListener('pagehide', saveNow)
    return () => {
      window.removeEventListener('pagehide', saveNow)
      saveNow()
    }
  }, [saveNow])
  return { text: draft ?? stored, change, commit }
}
