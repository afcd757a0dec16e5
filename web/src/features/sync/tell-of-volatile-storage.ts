import type { KeyValue } from '@questlog/shared/client/ports/key-value'
import type { Session } from '@questlog/shared/client/session/session'
import { loadLaterTexts } from '../../i18n/translate.ts'
import { goTo } from '../../ui/go-to.ts'
import { keepToast, showToast, useToasts } from '../../ui/toasts.ts'

const storageKey = 'questlog.storage-told'

/**
 * Tells a person without an account once that their browser may throw the log away, as soon as it has refused to keep
 * it and nothing else is being said. It stays until it is dismissed.
 */
export async function tellOfVolatileStorage(deps: {
  readonly session: Pick<Session, 'state' | 'storage'>
  readonly memory: Pick<KeyValue, 'read' | 'write'>
}): Promise<void> {
  const { session, memory } = deps
  if ((await session.storage.isKept) || memory.read(storageKey) !== null) return
  await Promise.all([loadLaterTexts(), untilNothingIsSaid()])
  if (session.state.getState().person !== null) return
  memory.write(storageKey, 'yes')
  showToast({
    tone: 'info',
    message: 'device.mayGo',
    action: { label: 'account.signUp', run: () => goTo('/sign-up') },
  })
  keepToast()
}

function untilNothingIsSaid(): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (useToasts.getState().toast !== null) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = useToasts.subscribe(check)
    check()
  })
}
