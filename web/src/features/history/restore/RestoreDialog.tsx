import type { Restored } from '@questlog/shared/protocol/restore'
import { useCallback, useEffect, useRef, useState } from 'react'
import { formatInstant } from '../../../i18n/format.ts'
import type { MessageKey } from '../../../i18n/message.ts'
import { useTranslate } from '../../../i18n/translate.ts'
import { useWorkspaceName } from '../../../session/session-context.ts'
import { usePreferences } from '../../../theme/preferences.ts'
import { Modal } from '../../../ui/Modal.tsx'
import type { PutBack } from './can-put-back.ts'
import { countsInWords } from './counts-in-words.ts'
import { useRestore } from './use-restore.ts'

interface RestoreDialogProps {
  readonly asked: PutBack
  readonly onClose: () => void
}

/** Says what putting back would do, and does it when the person agrees. */
export function RestoreDialog({ asked, onClose }: RestoreDialogProps) {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const name = useWorkspaceName()
  const actions = useRestore()
  const { told, failure, foretell, setFailure } = useForetold(asked, actions.foretell)
  const [isBusy, setIsBusy] = useState(false)
  const isDone = useRef(false)
  const moment = formatInstant(language, asked.momentMs)
  const sentences = told === null ? [] : countsInWords(told.tables, t, language)
  const isDifferent = sentences.length > 0
  const isOfNotes = asked.request.records?.every(({ table }) => table === 'notes') ?? false
  const confirm = async () => {
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    const refused = await actions.restore(asked)
    setIsBusy(false)
    if (refused !== null) return setFailure(refused)
    isDone.current = true
    onClose()
  }
  const { focusBack } = asked
  useEffect(
    () => () => {
      // The page behind is inert until the dialog is gone, which gives the focus back to the button first.
      if (isDone.current) requestAnimationFrame(focusBack)
    },
    [focusBack],
  )
  return (
    <Modal title={t(asked.what === null ? 'restore.titleLog' : 'restore.title')} onClose={onClose}>
      <p className="[overflow-wrap:anywhere]">
        {asked.what === null
          ? t('restore.questionLog', { name, moment })
          : t(isOfNotes ? 'restore.questionNotes' : 'restore.question', { what: asked.what, moment })}
      </p>
      <div role="status" className="mt-3 min-h-6">
        {told === null && failure === null ? <p className="text-soft">{t('restore.looking')}</p> : null}
        {told !== null && !isDifferent ? <p>{t('restore.nothing')}</p> : null}
        {isDifferent ? (
          <ul className="list-disc space-y-1 ps-5">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        ) : null}
        {isBusy ? <p className="mt-2 text-soft">{t('restore.busy')}</p> : null}
      </div>
      {isDifferent ? <p className="mt-3 text-sm text-soft">{t('restore.reversible')}</p> : null}
      {failure === null ? null : (
        <p role="alert" className="mt-3 rounded bg-danger-wash px-3 py-2 text-danger">
          {t(failure)}
        </p>
      )}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <button type="button" className="button" data-autofocus onClick={onClose}>
          {t('cancel')}
        </button>
        {told === null ? (
          <button type="button" className="button" disabled={failure === null} onClick={() => void foretell()}>
            {t('retry')}
          </button>
        ) : (
          <button
            type="button"
            className="button button-primary"
            disabled={!isDifferent}
            aria-disabled={isBusy}
            onClick={() => void confirm()}
          >
            {t('restore.putBack')}
          </button>
        )}
      </div>
    </Modal>
  )
}

/** Asks the server what a restore would do, at once and again when told to. */
function useForetold(asked: PutBack, ask: ReturnType<typeof useRestore>['foretell']) {
  const [told, setTold] = useState<Restored | null>(null)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const foretell = useCallback(async () => {
    setFailure(null)
    const answer = await ask(asked)
    if (answer.ok) setTold(answer.value)
    else setFailure(answer.error)
  }, [ask, asked])
  useEffect(() => void foretell(), [foretell])
  return { told, failure, foretell, setFailure }
}
