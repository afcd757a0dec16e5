import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import type { Command } from '@questlog/shared/domain/commands/commands'
import type { Reverted } from '@questlog/shared/store/history'
import { flushSync } from 'react-dom'
import type { MessageKey } from '../i18n/message.ts'
import { translate, type Values } from '../i18n/translate.ts'
import { showToast, withdrawOffer } from '../ui/toasts.ts'
import { commandInWords, questsIn } from './command-in-words.ts'
import { tellReverted } from './reverted.ts'

/** Whether the local store stands in the way of edits: what cannot be kept is not accepted. */
export function isStorageBlocked(workspace: Workspace): boolean {
  const { storageError } = workspace.state.getState()
  return storageError !== null && storageError.kind !== 'corrupt'
}

/** Carries out a command; says why when it was refused. Returns whether it was carried out. */
export function perform(workspace: Workspace, command: Command): boolean {
  if (!mayChange(workspace)) return false
  const outcome = workspace.dispatch(command)
  if (outcome.ok) {
    withdrawOffer()
    return true
  }
  showToast({ tone: 'error', message: messageOfError(outcome.error) })
  return false
}

function messageOfError(error: CommandError): MessageKey {
  switch (error.code) {
    case 'read-only':
      return 'error.readOnly'
    case 'not-found':
      return 'error.notFound'
    case 'trashed':
      return 'error.trashed'
    case 'invalid-field':
      return error.field === 'title' ? 'error.title' : 'error.invalidField'
    case 'already-exists':
    case 'already-done':
    case 'not-done':
      return 'error.alreadySo'
    default:
      return 'error.invalidField'
  }
}

/** Says what a command did and offers to take it back. */
export function offerUndo(workspace: Workspace, message: MessageKey, values: Values): void {
  showToast({ tone: 'info', message, values, action: { label: 'undo', run: () => undo(workspace) } })
}

/** Takes the last command back and says which. */
export function undo(workspace: Workspace): void {
  revert(workspace, workspace.undo, 'undo.undone', 'undo.nothing')
}

/** Does the last undone command again and says which. */
export function redo(workspace: Workspace): void {
  revert(workspace, workspace.redo, 'undo.redone', 'undo.nothingToRedo')
}

function revert(
  workspace: Workspace,
  act: () => Reverted<Command> | null,
  done: MessageKey,
  nothing: MessageKey,
): void {
  withdrawOffer()
  if (!mayChange(workspace)) return
  // What is said of a list afterwards must be true of what is on screen.
  const reverted = flushSync(act)
  if (reverted === null) {
    showToast({ tone: 'info', message: nothing })
    return
  }
  const { message, values } = commandInWords(reverted, workspace.projection)
  showToast({ tone: 'info', message: done, values: { what: translate(message, values) } })
  tellReverted(questsIn(reverted))
}

/** Whether the log takes changes now; says why when it does not. */
export function mayChange(workspace: Workspace): boolean {
  const refusal = isStorageBlocked(workspace)
    ? 'error.storage'
    : workspace.state.getState().readOnly
      ? 'error.readOnly'
      : null
  if (refusal !== null) showToast({ tone: 'error', message: refusal })
  return refusal === null
}
