import { type ReactNode, Suspense } from 'react'
import { ActionsContext } from '../actions/actions-context.ts'
import { EditorPane } from '../features/editor/later-editor.ts'
import { LogSwitcher } from '../features/parties/LogSwitcher.tsx'
import { BulkBar } from '../features/quests/later-bulk-bar.ts'
import { useOpenQuestId } from '../features/quests/open-quest.ts'
import { StatusChip } from '../features/sync/StatusChip.tsx'
import { UndoButtons } from '../features/undo/UndoButtons.tsx'
import { useTranslate } from '../i18n/translate.ts'
import { useWorkspace } from '../session/workspace-context.ts'
import { useDialog } from '../ui/dialogs.ts'
import { PageToolsContext } from '../ui/Page.tsx'
import { useIsWide } from '../ui/use-media.ts'
import { BottomBar } from './BottomBar.tsx'
import { actions } from './features.ts'
import { Notices } from './Notices.tsx'
import { SideBar } from './SideBar.tsx'
import { Toasts } from './Toasts.tsx'
import { useKeyboard } from './use-keyboard.ts'

const pageTools = { status: <StatusChip />, undo: <UndoButtons /> }

/** The frame around every page: side bar or bottom bar, notices, the editor beside, dialogs and toasts above. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useTranslate()
  useKeyboard(useWorkspace(), actions)
  const isWide = useIsWide()
  const isQuestOpen = useOpenQuestId() !== null
  const isCovered = isQuestOpen && !isWide
  return (
    <ActionsContext value={actions}>
      <PageToolsContext value={pageTools}>
        <div className="flex h-full flex-col">
          <a
            href="#main"
            className="absolute start-2 top-2 z-50 -translate-y-20 rounded bg-raised px-3 py-2 focus:translate-y-0"
          >
            {t('skipToMain')}
          </a>
          <Notices />
          <div inert={isCovered}>
            <LogSwitcher place="top" />
          </div>
          {/* The open quest covers this on narrow screens, and never the notices: they may say that edits are paused. */}
          <div className="relative flex min-h-0 flex-1 flex-col overflow-clip">
            <div className="flex min-h-0 flex-1">
              <div inert={isCovered} className="contents">
                <SideBar />
              </div>
              <main
                id="main"
                tabIndex={-1}
                inert={isCovered}
                className="flex min-w-0 flex-1 flex-col bg-surface outline-none"
              >
                <Suspense fallback={<div className="flex-1" />}>{children}</Suspense>
                <Suspense>
                  <BulkBar />
                </Suspense>
              </main>
              <Suspense>{isQuestOpen ? <EditorPane /> : null}</Suspense>
            </div>
            <div inert={isCovered}>
              <BottomBar />
            </div>
          </div>
          <Suspense>
            <OpenDialog />
          </Suspense>
          <Toasts />
        </div>
      </PageToolsContext>
    </ActionsContext>
  )
}

function OpenDialog() {
  const Dialog = useDialog((state) => state.Dialog)
  return Dialog === null ? null : <Dialog />
}
