import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/toasts.ts'
import { Section } from './AccountFrame.tsx'
import { SectionForm } from './SectionForm.tsx'
import { useAccountServices } from './use-account-services.ts'
import { useConfirmed } from './use-confirmed.tsx'

interface PasswordSectionProps {
  readonly hasPassword: boolean
  readonly email: string
  readonly onChanged: () => void
}

/** Changing the password, or setting the first one of an account that signs in otherwise. */
export function PasswordSection({ hasPassword, email, onChanged }: PasswordSectionProps) {
  const t = useTranslate()
  const { own, methods } = useAccountServices()
  const { confirmed, question } = useConfirmed()
  const [currentPassword, setCurrentPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  return (
    <Section title={t('own.password')} text={t(hasPassword ? 'own.passwordText' : 'own.noPassword')}>
      <SectionForm
        submitLabel={t(hasPassword ? 'own.changePassword' : 'own.setPassword')}
        onSubmit={() =>
          hasPassword
            ? own.changePassword({ currentPassword, newPassword })
            : confirmed(() => methods.setPassword(newPassword))
        }
        onDone={() => {
          setCurrentPassword('')
          setNewPassword('')
          showToast({ tone: 'info', message: hasPassword ? 'own.passwordChanged' : 'own.passwordSet' })
          onChanged()
        }}
      >
        {/* Password managers learn from it whose password changes. */}
        <input type="text" hidden readOnly autoComplete="username" value={email} />
        {hasPassword ? (
          <TextField
            label={t('own.currentPassword')}
            type="password"
            autoComplete="current-password"
            value={currentPassword}
            onChange={setCurrentPassword}
          />
        ) : null}
        <TextField
          label={t('own.newPassword')}
          type="password"
          autoComplete="new-password"
          minLength={8}
          hint={t('account.passwordHint')}
          value={newPassword}
          onChange={setNewPassword}
        />
      </SectionForm>
      {question}
    </Section>
  )
}
