import { ok } from '@questlog/shared/domain/kernel/result'
import type { AccountResponse } from '@questlog/shared/protocol/account'
import { useCallback } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/toasts.ts'
import { useTyped } from '../../ui/use-draft.ts'
import { RemoteNote } from '../parties/RemoteNote.tsx'
import { AccountFrame, Section } from './AccountFrame.tsx'
import { DeleteAccount } from './DeleteAccount.tsx'
import { EmailSection } from './EmailSection.tsx'
import { ExportSection } from './ExportSection.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { SectionForm } from './SectionForm.tsx'
import { useAccountData } from './use-account-data.ts'
import { useAccountServices } from './use-account-services.ts'

/** The person's own account: name, e-mail address, password, all of its data, and its end. */
export function OwnAccountPage() {
  return <AccountFrame>{() => <OwnAccount />}</AccountFrame>
}

function OwnAccount() {
  const { own } = useAccountServices()
  const account = useAccountData(useCallback(() => own.read(), [own]))
  const { value, reload } = account
  return (
    <>
      <RemoteNote of={account} loading="settings.loading" />
      {value === null ? null : (
        <>
          <ProfileSection account={value} onChanged={() => void reload()} />
          <EmailSection account={value} />
          <PasswordSection hasPassword={value.hasPassword} email={value.email} onChanged={() => void reload()} />
          <ExportSection />
          <DeleteAccount account={value} />
        </>
      )}
    </>
  )
}

interface ProfileSectionProps {
  readonly account: AccountResponse
  readonly onChanged: () => void
}

function ProfileSection({ account, onChanged }: ProfileSectionProps) {
  const t = useTranslate()
  const { own } = useAccountServices()
  const name = useTyped(account.displayName)
  return (
    <Section title={t('own.profile')}>
      <SectionForm
        submitLabel={t('save')}
        onSubmit={async () => (name.isTouched ? own.rename(name.text.trim()) : ok(null))}
        onDone={() => {
          showToast({ tone: 'info', message: 'own.saved' })
          name.forget()
          onChanged()
        }}
      >
        <TextField
          label={t('own.name')}
          type="text"
          autoComplete="name"
          hint={t('own.nameHint')}
          value={name.text}
          onChange={name.type}
        />
      </SectionForm>
    </Section>
  )
}
