import type { PasskeyResponse } from '@questlog/shared/protocol/sign-in-methods'
import { formatInstant } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'

interface PasskeyLineProps {
  readonly passkey: PasskeyResponse
  readonly onRename: () => void
  readonly onRemove: () => void
}

/** One passkey with when it was made and used. */
export function PasskeyLine({ passkey, onRename, onRemove }: PasskeyLineProps) {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const { name, createdAt, lastUsedAt, backedUp, host, worksHere } = passkey
  const facts = [
    t('methods.passkeyMade', { time: formatInstant(language, Date.parse(createdAt)) }),
    lastUsedAt === null
      ? t('methods.passkeyUnused')
      : t('methods.passkeyUsed', { time: formatInstant(language, Date.parse(lastUsedAt)) }),
    ...(backedUp ? [t('methods.passkeySynced')] : []),
  ]
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-semibold [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-soft">{facts.join(' · ')}</p>
        {worksHere ? null : (
          <p className="text-sm [overflow-wrap:anywhere]">
            {host === null ? t('methods.passkeysUnsupported') : t('methods.passkeyElsewhere', { host })}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="button" aria-label={t('methods.renameOf', { name })} onClick={onRename}>
          {t('methods.rename')}
        </button>
        <ConfirmButton
          label={t('methods.remove')}
          name={t('methods.removeOf', { name })}
          question={t(worksHere ? 'methods.passkeyRemoveQuestion' : 'methods.passkeyElsewhereRemove')}
          onConfirm={onRemove}
        />
      </div>
    </li>
  )
}
