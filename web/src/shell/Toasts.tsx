import { createPortal } from 'react-dom'
import { useOpenQuestId } from '../features/quests/open-quest.ts'
import { useTranslate } from '../i18n/translate.ts'
import { keepFocusOnPage } from '../ui/focus.ts'
import { dismissToast, keepToast, releaseToast, useToasts } from '../ui/toasts.ts'

/** The toast on screen, and what screen readers are told. */
export function Toasts() {
  const t = useTranslate()
  const toast = useToasts((state) => state.toast)
  const isEditorOpen = useOpenQuestId() !== null
  const announcement = useToasts((state) => state.announcement)
  // Beside the app and above its dialogs, which hide from sight and from assistive technology all that they cover.
  return createPortal(
    <>
      <div
        className={`pointer-events-none print:hidden fixed inset-x-3 z-50 flex justify-center md:bottom-16 ${isEditorOpen ? 'bottom-5' : 'bottom-33'}`}
      >
        <div role={toast?.tone === 'error' ? 'alert' : 'status'} className="max-w-full">
          {toast === null ? null : (
            // biome-ignore lint/a11y/noStaticElementInteractions: pointing at the toast only keeps it from leaving
            <div
              key={toast.id}
              data-toast
              onPointerEnter={keepToast}
              onPointerLeave={releaseToast}
              onFocus={keepToast}
              onBlur={releaseToast}
              className={`pointer-events-auto flex max-w-lg animate-arrive items-center gap-2 rounded-md border bg-raised py-1 ps-4 pe-1 shadow-lg ${toast.tone === 'error' ? 'border-danger' : 'border-line'}`}
            >
              <span className="line-clamp-2 min-w-0 py-1 [overflow-wrap:anywhere]">
                {t(toast.message, toast.values)}
              </span>
              {toast.action === undefined ? null : (
                <button
                  type="button"
                  className="button button-quiet shrink-0 font-semibold text-accent"
                  onClick={() => {
                    // First: what it does may have a toast of its own.
                    dismissToast()
                    toast.action?.run()
                    keepFocusOnPage()
                  }}
                >
                  {t(toast.action.label)}
                </button>
              )}
              <button
                type="button"
                aria-label={t('toast.dismiss')}
                className="button button-quiet shrink-0 px-3 text-soft"
                onClick={dismissToast}
              >
                ×
              </button>
            </div>
          )}
        </div>
      </div>
      <p aria-live="polite" className="sr-only">
        {announcement}
      </p>
    </>,
    document.body,
  )
}
