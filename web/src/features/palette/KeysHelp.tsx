import { isForLog, type KeyGroup, keymap } from '../../actions/keymap.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { Keycaps } from '../../ui/Keycaps.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { closeDialog } from '../quests/list-state.ts'

const groups: readonly KeyGroup[] = ['general', 'list', 'quest', 'go']

/** The list of all keys, from the one table. */
export function KeysHelp() {
  const t = useTranslate()
  const { ref } = useWorkspace()
  return (
    <Modal title={t('keys.title')} onClose={closeDialog}>
      {groups.map((group) => (
        <section key={group} className="mb-4" aria-label={t(`keys.${group}`)}>
          <h3 className="mb-1 text-sm font-semibold text-soft">{t(`keys.${group}`)}</h3>
          <dl>
            {keymap
              .filter((binding) => binding.group === group && binding.keys.length > 0 && isForLog(binding, ref.kind))
              .map((binding) => (
                <div
                  key={binding.action}
                  className="flex items-center justify-between gap-4 border-b border-line py-1.5"
                >
                  <dt>{t(binding.label)}</dt>
                  <dd className="flex flex-wrap justify-end gap-3">
                    {binding.keys.map((chord) => (
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
