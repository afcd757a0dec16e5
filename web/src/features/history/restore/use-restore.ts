import { createRestoring } from '@questlog/shared/client/rest/restoring'
import type { Result } from '@questlog/shared/domain/kernel/result'
import type { Restored } from '@questlog/shared/protocol/restore'
import { isAtLeast } from '@questlog/shared/protocol/roles'
import { useCallback, useMemo } from 'react'
import type { MessageKey } from '../../../i18n/message.ts'
import { useTranslate } from '../../../i18n/translate.ts'
import { useIsSignedOut, useLogOwner, useRole, useSession } from '../../../session/session-context.ts'
import { useWorkspace } from '../../../session/workspace-context.ts'
import { announce, showToast } from '../../../ui/toasts.ts'
import type { PutBack } from './can-put-back.ts'
import { restoreFailureFrom } from './restore-failure.ts'

/** Whether the person may put back the log on screen: the server has it, and they are its owner or an admin. */
export function useMayRestore(): boolean {
  const isKept = useLogOwner() !== null
  const isSignedOut = useIsSignedOut()
  return isAtLeast(useRole(), 'admin') && isKept && !isSignedOut
}

/** Putting back, as the screens ask for it. */
export interface RestoreActions {
  /** What it would do, with nothing done. */
  foretell(asked: PutBack): Promise<Result<Restored, MessageKey>>
  /** Does it, says so and offers to take it back; answers why not, where it was not done. */
  restore(asked: PutBack): Promise<MessageKey | null>
}

/** Putting the log on screen back. */
export function useRestore(): RestoreActions {
  const { account } = useSession().rest
  const restoring = useMemo(() => createRestoring(account), [account])
  const { ref } = useWorkspace()
  const t = useTranslate()
  const send = useCallback(
    async (request: PutBack['request'], dryRun: boolean): Promise<Result<Restored, MessageKey>> => {
      const answer = await restoring.restore(ref.id, { ...request, dryRun })
      return answer.ok ? answer : { ok: false, error: restoreFailureFrom(answer.error) }
    },
    [restoring, ref.id],
  )
  return useMemo(() => {
    const undo = async (request: PutBack['request']) => {
      const answer = await send(request, false)
      if (answer.ok) announce(t('undo.undone'))
      else showToast({ tone: 'error', message: answer.error })
    }
    return {
      foretell: ({ request }) => send(request, true),
      async restore({ request, what }) {
        const answer = await send(request, false)
        if (!answer.ok) return answer.error
        const before = { ...request, at: answer.value.before }
        showToast({
          tone: 'info',
          ...(what === null ? { message: 'restore.doneLog' } : { message: 'restore.done', values: { what } }),
          action: { label: 'undo', run: () => void undo(before) },
        })
        return null
      },
    }
  }, [send, t])
}
