import { type ClipboardEvent, type FormEvent, useId, useState } from 'react'
import { isStorageBlocked } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession } from '../../session/session-context.ts'
import { useWorkspace, useWorkspaceState } from '../../session/workspace-context.ts'
import { halfTyped, keepHalfTyped } from './half-typed.ts'
import { moveActive, useUi } from './list-state.ts'
import { createQuests, type QuestPlace } from './quest-commands.ts'

interface QuickAddProps {
  readonly place: QuestPlace
  readonly label: string
  readonly autoFocus: boolean
}

/** One line that becomes a quest on Enter; pasted lines become one quest each. Half typed it is kept for this tab. */
export function QuickAdd({ place, label, autoFocus }: QuickAddProps) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const { windowMemory } = useSession()
  const isRefused = useWorkspaceState((state) => state.readOnly || isStorageBlocked(workspace))
  const isSelecting = useUi((ui) => ui.selecting)
  const logId = workspace.ref.id
  const placeName = place.projectId ?? (place.due === null ? 'inbox' : 'today')
  const [text, type] = useState(() => halfTyped(windowMemory, logId, placeName))
  const inputId = useId()

  const setText = (next: string) => {
    type(next)
    keepHalfTyped(windowMemory, logId, placeName, next)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // The button goes out of use once the field is empty.
    event.currentTarget.querySelector('input')?.focus()
    if (createQuests(workspace, text, place) > 0) setText('')
  }
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text')
    if (text !== '' || !pasted.trim().includes('\n')) return
    event.preventDefault()
    createQuests(workspace, pasted, place)
  }
  return (
    <form
      onSubmit={submit}
      className={`flex max-w-[69rem] items-center gap-2 border-line bg-surface px-3 py-2 max-md:order-last max-md:border-t sm:px-4 md:pb-3 ${isSelecting ? 'max-md:hidden' : ''}`}
    >
      <label htmlFor={inputId} className="sr-only">
        {label}
      </label>
      <input
        id={inputId}
        data-quick-add
        type="text"
        dir="auto"
        autoComplete="off"
        enterKeyHint="done"
        // biome-ignore lint/a11y/noAutofocus: an empty log is nothing but this field, and writing is what it invites to
        autoFocus={autoFocus}
        disabled={isRefused}
        value={text}
        placeholder={label}
        onChange={(event) => setText(event.target.value)}
        onPaste={paste}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key !== 'ArrowDown' || text !== '') return
          event.preventDefault()
          moveActive(1)
        }}
        className="control min-w-0 flex-1"
      />
      <button type="submit" className="button button-primary" disabled={isRefused || text.trim() === ''}>
        {t('quest.add')}
      </button>
    </form>
  )
}
