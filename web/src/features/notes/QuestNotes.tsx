import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { useEffect, useId, useRef } from 'react'
import { isStorageBlocked } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSessionState } from '../../session/session-context.ts'
import { useWorkspace, useWorkspaceState } from '../../session/workspace-context.ts'
import { useIsPrinting } from '../../ui/use-printing.ts'
import { mountNoteEditor, type NotePlace } from './note-editor.ts'

interface QuestNotesProps {
  readonly questId: QuestId
  readonly readOnly: boolean
}

/** A quest's collaborative notes in Markdown; every keystroke is in the log at once. */
export function QuestNotes({ questId, readOnly }: QuestNotesProps) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const headingId = useId()
  const host = useRef<HTMLDivElement>(null)
  const lastPlace = useRef<{ readonly questId: QuestId; readonly place: NotePlace } | null>(null)
  const isBlocked = useWorkspaceState(() => isStorageBlocked(workspace))
  const isReadOnly = readOnly || isBlocked
  const isPrinting = useIsPrinting()
  const label = t('notes.title')
  const placeholder = t('notes.placeholder')
  // Without an account only this device's other tabs see the caret.
  const here = t('notes.otherTab')
  const caretName = useSessionState(({ person }) => person?.displayName ?? here)
  useEffect(() => {
    if (host.current === null) return
    const left = lastPlace.current
    const unmount = mountNoteEditor(host.current, {
      note: workspace.note(questId),
      awareness: workspace.awareness(),
      caretName,
      readOnly: isReadOnly,
      label,
      placeholder,
      place: left?.questId === questId ? left.place : null,
    })
    return () => {
      lastPlace.current = { questId, place: unmount() }
    }
  }, [workspace, questId, isReadOnly, label, placeholder, caretName])
  return (
    <section aria-labelledby={headingId} className="mt-6">
      <h3 id={headingId} className="mb-1 font-semibold">
        {label}
      </h3>
      <div ref={host} className="print:hidden" />
      {/* The editor draws what is on screen alone. */}
      {isPrinting ? (
        <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          {workspace.note(questId).toJSON()}
        </p>
      ) : null}
    </section>
  )
}
