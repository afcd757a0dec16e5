import { clearSelection, openDialog, targetIds, useUi } from '../../app/ui-store.ts'
import { useWorkspace } from '../../app/workspace-context.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { completeAll, trashAll } from './quest-commands.ts'

/** What can be done with the selected quests at once; there while some are selected. */
export function BulkBar() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const selection = useUi((ui) => ui.selection)
  if (selection.size === 0) return null
  return (
    <section
      aria-label={t('bulk.title')}
      className="flex flex-wrap items-center gap-2 border-t border-line bg-canvas px-3 py-2"
    >
      <p role="status" className="me-auto font-semibold">
        {t('bulk.count', { count: selection.size })}
      </p>
      <button type="button" className="button" onClick={() => completeAll(workspace, targetIds())}>
        {t('bulk.complete')}
      </button>
      <button type="button" className="button" onClick={() => openDialog('due')}>
        {t('field.due')}
      </button>
      <button type="button" className="button" onClick={() => openDialog('move')}>
        {t('bulk.move')}
      </button>
      <button type="button" className="button" onClick={() => openDialog('tag')}>
        {t('bulk.tag')}
      </button>
      <button type="button" className="button button-danger" onClick={() => trashAll(workspace, targetIds())}>
        {t('bulk.trash')}
      </button>
      <button type="button" className="button button-quiet" onClick={clearSelection}>
        {t('bulk.clear')}
      </button>
    </section>
  )
}
