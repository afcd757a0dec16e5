import type { SignInMethods, SignInOptions } from '@questlog/shared/protocol/sign-in-methods'
import type { ReactNode } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { showToast } from '../../ui/toasts.ts'
import { Section } from './AccountFrame.tsx'
import { settingsFailure } from './settings-failure.ts'
import { useAccountServices } from './use-account-services.ts'
import { useConfirmed } from './use-confirmed.tsx'

interface ProviderSectionProps {
  readonly identities: SignInMethods['identities']
  /** The providers this server offers. */
  readonly offered: SignInOptions['providers']
  readonly onChanged: () => void
}

/** Accounts elsewhere that sign in to this one; nothing where the server offers none and none is linked. */
export function ProviderSection({ identities, offered, onChanged }: ProviderSectionProps) {
  const t = useTranslate()
  const { methods } = useAccountServices()
  const { confirmed, question } = useConfirmed()
  const unlinked = offered.filter(({ id }) => !identities.some((identity) => identity.id === id))
  if (identities.length === 0 && unlinked.length === 0) return null
  const link = async (id: string) => {
    const begun = await confirmed(() => methods.linkProvider(id, '/settings/sign-in'))
    if (begun.ok) return location.assign(begun.value)
    showToast({ tone: 'error', message: settingsFailure(begun.error) })
  }
  const unlink = async (id: string, name: string) => {
    const ended = await confirmed(() => methods.unlinkProvider(id))
    if (ended.ok) showToast({ tone: 'info', message: 'methods.unlinked', values: { name } })
    else showToast({ tone: 'error', message: settingsFailure(ended.error) })
    onChanged()
  }
  const stateOf = ({ email, configured }: SignInMethods['identities'][number]) => {
    if (!configured) return t('methods.notConfigured')
    return email === null ? t('methods.linked') : t('methods.linkedAs', { email })
  }
  return (
    <Section title={t('methods.providers')} text={t('methods.providersText')}>
      <ul aria-label={t('methods.providers')} className="mt-3 border-t border-line">
        {identities.map((identity) => (
          <ProviderLine key={identity.id} name={identity.name} state={stateOf(identity)}>
            <ConfirmButton
              label={t('methods.unlink')}
              name={t('methods.unlinkOf', { name: identity.name })}
              question={t('methods.unlinkQuestion')}
              onConfirm={() => void unlink(identity.id, identity.name)}
            />
          </ProviderLine>
        ))}
        {unlinked.map(({ id, name }) => (
          <ProviderLine key={id} name={name} state={t('methods.notLinked')}>
            <button
              type="button"
              className="button"
              aria-label={t('methods.linkOf', { name })}
              onClick={() => void link(id)}
            >
              {t('methods.link')}
            </button>
          </ProviderLine>
        ))}
      </ul>
      {question}
    </Section>
  )
}

interface ProviderLineProps {
  readonly name: string
  readonly state: string
  readonly children: ReactNode
}

function ProviderLine({ name, state, children }: ProviderLineProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-semibold">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-soft [overflow-wrap:anywhere]">{state}</p>
      </div>
      {children}
    </li>
  )
}
