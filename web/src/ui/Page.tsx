import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { MessageKey } from '../i18n/message.ts'
import { useTranslate } from '../i18n/translate.ts'
import { announce } from './toasts.ts'
import { useKeptScroll } from './use-kept-scroll.ts'

/** What every page shows beside its heading: where the log's edits are, and undo and redo. */
export interface PageTools {
  readonly status: ReactNode
  readonly undo: ReactNode
}

export const PageToolsContext = createContext<PageTools>({ status: null, undo: null })

/** The title that the screen around a page is declared with. */
export const ScreenTitleContext = createContext<MessageKey | null>(null)

interface PageProps {
  /** Where it is not the declared one of the screen, as the name of a project. */
  readonly title?: string
  readonly detail?: string | null
  readonly actions?: ReactNode
  readonly children: ReactNode
}

// The first page is read out by the browser.
let announcedPath: string | null = null

/** The frame of every page: its heading, the tools that all pages have, and the content below. */
export function Page({ detail, actions, children, ...own }: PageProps) {
  const t = useTranslate()
  const declared = useContext(ScreenTitleContext)
  const title = own.title ?? (declared === null ? '' : t(declared))
  const [path] = useLocation()
  const tools = useContext(PageToolsContext)
  useEffect(() => {
    document.title = t('app.pageTitle', { page: title })
    if (announcedPath !== null && path !== announcedPath) announce(title)
    announcedPath = path
  }, [title, path, t])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {/* On phones two lines: title and tools above, the count and where the edits are below. */}
      <header className="flex flex-wrap items-baseline gap-x-3 px-4 pt-1.5 pb-2 max-sm:before:order-2 max-sm:before:w-full max-sm:before:content-[''] md:pt-5">
        <h1 className="min-w-0 text-xl font-bold tracking-tight [overflow-wrap:anywhere] max-sm:flex-[1_1_5rem] max-sm:py-2 md:text-2xl">
          <bdi>{title}</bdi>
        </h1>
        <p className="me-auto text-sm text-soft max-sm:order-3">{detail}</p>
        <div data-page-tools className="flex items-center gap-1 max-sm:order-1 sm:contents">
          {actions}
        </div>
        <div data-page-tools className="-me-2 max-sm:order-3 sm:me-0">
          {tools.status}
        </div>
        <div data-page-tools className="flex items-center self-center max-sm:order-1 max-sm:min-h-11 max-sm:self-start">
          {tools.undo}
        </div>
      </header>
      {children}
    </div>
  )
}

/** The scrolling body of a page that is read rather than worked through. */
export function PageBody({ children }: { readonly children: ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null)
  useKeptScroll(scroller)
  return (
    <div ref={scroller} className="relative min-h-0 flex-1 overflow-y-auto px-4 pb-10">
      <div className="max-w-2xl">{children}</div>
    </div>
  )
}
