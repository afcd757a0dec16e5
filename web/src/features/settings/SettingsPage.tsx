import { useId } from 'react'
import { chooseLanguage, useTranslate } from '../../i18n/translate.ts'
import { setPreferences, usePreferences } from '../../theme/preferences.ts'
import { openDialog } from '../../ui/dialogs.ts'
import { Page, PageBody } from '../../ui/Page.tsx'
import { KeysHelp } from '../keys/later-keys.ts'
import { AccountLinks } from './AccountLinks.tsx'

/** How the app looks and listens on this device. */
export function SettingsPage() {
  const t = useTranslate()
  const preferences = usePreferences()
  return (
    <Page detail={t('settings.detail')}>
      <PageBody>
        <div className="mt-2 grid gap-6">
          <ChoiceGroup
            label={t('settings.theme')}
            value={preferences.theme}
            choices={[
              ['system', t('settings.themeSystem')],
              ['light', t('settings.themeLight')],
              ['dark', t('settings.themeDark')],
            ]}
            onChange={(theme) => setPreferences({ theme })}
          />
          <ChoiceGroup
            label={t('settings.language')}
            value={preferences.language}
            choices={[
              ['en', 'English'],
              ['de', 'Deutsch'],
            ]}
            onChange={(language) => void chooseLanguage(language).catch(() => undefined)}
          />
          <ChoiceGroup
            label={t('settings.density')}
            value={preferences.density}
            choices={[
              ['comfortable', t('settings.comfortable')],
              ['compact', t('settings.compact')],
            ]}
            onChange={(density) => setPreferences({ density })}
          />
          <Switch
            label={t('settings.contrast')}
            hint={t('settings.contrastText')}
            checked={preferences.moreContrast}
            onChange={(moreContrast) => setPreferences({ moreContrast })}
          />
          <Switch
            label={t('settings.singleKeys')}
            hint={t('settings.singleKeysText')}
            checked={preferences.singleKeys}
            onChange={(singleKeys) => setPreferences({ singleKeys })}
          />
          <button type="button" className="button justify-self-start" onClick={() => openDialog(KeysHelp)}>
            {t('action.keys')} <kbd className="kbd">?</kbd>
          </button>
        </div>
        <AccountLinks />
      </PageBody>
    </Page>
  )
}

interface ChoiceGroupProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly choices: readonly (readonly [Value, string])[]
  readonly onChange: (value: Value) => void
}

function ChoiceGroup<Value extends string>({ label, value, choices, onChange }: ChoiceGroupProps<Value>) {
  const name = useId()
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{label}</legend>
      <div className="inline-flex flex-wrap overflow-hidden rounded-md border border-outline">
        {choices.map(([choice, text]) => (
          <label
            key={choice}
            className="choice flex min-h-9 items-center border-s border-line px-4 first:border-s-0 has-checked:bg-accent has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:-outline-offset-4 has-focus-visible:outline-accent has-checked:has-focus-visible:outline-accent-ink pointer-coarse:min-h-11"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={choice === value}
              onChange={() => onChange(choice)}
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface SwitchProps {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

function Switch({ label, hint, checked, onChange }: SwitchProps) {
  const id = useId()
  return (
    <div className="flex gap-3">
      <input
        id={id}
        type="checkbox"
        aria-describedby={`${id}-hint`}
        className="mt-1 size-4 shrink-0 pointer-coarse:size-6"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id} className="font-semibold">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      </div>
    </div>
  )
}
