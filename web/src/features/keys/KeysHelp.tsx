import { type ActionGroup, isOffered } from '../../actions/action.ts'
import { useActions } from '../../actions/actions-context.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { closeDialog } from '../../ui/dialogs.ts'
import { Keycaps } from '../../ui/Keycaps.tsx'
import { Modal } from '../../ui/Modal.tsx'

const groups: readonly ActionGroup[] = ['general', 'list', 'quest', 'go']

/** The list of all keys, from the actions that have some. */
export function KeysHelp() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const actions = useActions()
  return (
    <Modal title={t('keys.title')} onClose={closeDialog}>
      {groups.map((group) => (
        <section key={group} className="mb-4" aria-label={t(`keys.${group}`)}>
          <h3 className="mb-1 text-sm font-semibold text-soft">{t(`keys.${group}`)}</h3>
          <dl>
            {actions
              .filter((action) => action.group === group && action.keys.length > 0 && isOffered(action, workspace))
              .map((action) => (
                <div key={action.id} className="flex items-center justify-between gap-4 border-b border-line py-1.5">
                  <dt>{t(action.name)}</dt>
                  <dd className="flex flex-wrap justify-end gap-3">
                    {action.keys.map((chord) => (
                      <Keycaps key={chord} chord={chord} />
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
      <button type="button" className="button w-full" onClick={closeDialog}>
        {t('close')}
      </button>
    </Modal>
  )
}
