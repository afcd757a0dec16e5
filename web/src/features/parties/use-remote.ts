import type { AccountError } from '@questlog/shared/client/rest/account'
import type { Result } from '@questlog/shared/domain/kernel/result'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { partyFailureFrom } from './party-failure.ts'

/** What only the server has: on its way, here, or not to be had now. A failed reload keeps what was here. */
export interface Remote<Value> {
  readonly value: Value | null
  readonly failure: MessageKey | null
  readonly isLoading: boolean
  readonly reload: () => Promise<void>
}

/** Asks when the component appears, when `load` changes and when the network is back. Pass a stable function. */
export function useRemote<Value>(load: () => Promise<Result<Value, AccountError>>): Remote<Value> {
  const [state, setState] = useState<Omit<Remote<Value>, 'reload'>>({ value: null, failure: null, isLoading: true })
  const latest = useRef(0)
  const reload = useCallback(async () => {
    latest.current += 1
    const asked = latest.current
    setState((before) => ({ ...before, isLoading: true }))
    const answer = await load()
    if (asked !== latest.current) return
    if (answer.ok) setState({ value: answer.value, failure: null, isLoading: false })
    else setState((before) => ({ ...before, failure: partyFailureFrom(answer.error), isLoading: false }))
  }, [load])
  useEffect(() => {
    void reload()
    const again = () => void reload()
    addEventListener('online', again)
    return () => {
      removeEventListener('online', again)
      latest.current += 1
    }
  }, [reload])
  return { ...state, reload }
}
