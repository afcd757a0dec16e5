import { useEffect, useRef } from 'react'
import { QuestEditor } from '../features/editor/QuestEditor.tsx'
import { useTranslate } from '../i18n/translate.ts'
import { useOpenQuestId } from './route.ts'
import { activate } from './ui-store.ts'
import { useIsWide } from './use-media.ts'

/** The open quest: beside the list where there is room, over everything where there is not. */
export function EditorPane() {
  const t = useTranslate()
  const id = useOpenQuestId()
  const isWide = useIsWide()
  const cover = useRef<HTMLDivElement>(null)
  const covers = id !== null && !isWide
  useEffect(() => {
    if (id !== null) activate(id)
  }, [id])
  useEffect(() => {
    if (covers) cover.current?.focus()
  }, [covers])
  if (id === null) return null
  if (isWide)
    return (
      <aside
        data-editor
        aria-label={t('editor.title')}
        className="flex w-[25rem] shrink-0 animate-arrive flex-col border-s border-line xl:w-[28rem]"
      >
        <QuestEditor id={id} />
      </aside>
    )
  // Not a Headless dialog: toasts stay within reach above it, and the rest of the page is made inert by the shell.
  return (
    <div
      ref={cover}
      data-editor
      role="dialog"
      aria-modal="true"
      aria-label={t('editor.title')}
      tabIndex={-1}
      className="fixed inset-0 z-30 flex flex-col bg-surface pt-[env(safe-area-inset-top)] pb-[env(safe-area-inset-bottom)] outline-none"
    >
      <QuestEditor id={id} />
    </div>
  )
}
