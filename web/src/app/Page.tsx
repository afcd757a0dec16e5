import { type ReactNode, useEffect } from 'react'
import { useTranslate } from '../i18n/translate.ts'
import { StatusChip } from './StatusChip.tsx'
import { UndoButtons } from './UndoButtons.tsx'

interface PageProps {
  readonly title: string
  readonly detail?: string | null
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The frame of every page: its heading, where the log's edits are, undo and redo, and the content below. */
export function Page({ title, detail, actions, children }: PageProps) {
  const t = useTranslate()
  useEffect(() => {
    document.title = t('app.pageTitle', { page: title })
  }, [title, t])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 pb-2 md:pt-5">
        <div className="me-auto flex min-w-0 items-baseline gap-x-3 max-sm:flex-col">
          <h1 dir="auto" className="min-w-0 text-xl font-bold tracking-tight [overflow-wrap:anywhere] md:text-2xl">
            {title}
          </h1>
          {detail ? <p className="text-sm text-soft">{detail}</p> : null}
        </div>
        <div className="flex items-center gap-1">
          {actions}
          <StatusChip />
          <UndoButtons />
        </div>
      </header>
      {children}
    </div>
  )
}

/** The scrolling body of a page that is read rather than worked through. */
export function PageBody({ children }: { readonly children: ReactNode }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-10">
      <div className="max-w-2xl">{children}</div>
    </div>
  )
}
