import type { SecondFactorProof } from '@questlog/shared/protocol/sign-in-methods'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { TextField } from '../../ui/TextField.tsx'
import { CodeField, sixDigits } from '../account/CodeField.tsx'

type Kind = 'password' | 'code' | 'recoveryCode'

/** One thing that shows who somebody is, as it is typed. */
export interface TypedProof {
  readonly kind: Kind
  readonly text: string
}

/** The proof as it is sent. */
export function proofFrom({ kind, text }: TypedProof): SecondFactorProof {
  if (kind === 'password') return { password: text }
  return kind === 'code' ? { code: sixDigits(text) } : { recoveryCode: text.trim() }
}

/** What an account can be shown to be one's own with; the password first, where there is one. */
export function firstProof(hasPassword: boolean): TypedProof {
  return { kind: hasPassword ? 'password' : 'code', text: '' }
}

interface ProofFieldsProps {
  readonly hasPassword: boolean
  readonly hasTotp: boolean
  readonly proof: TypedProof
  readonly onChange: (proof: TypedProof) => void
}

/** Asks for the password, a code of the app or a recovery code, whichever the person has at hand. */
export function ProofFields({ hasPassword, hasTotp, proof, onChange }: ProofFieldsProps) {
  const t = useTranslate()
  const [wasChanged, setWasChanged] = useState(false)
  const kinds: readonly { readonly kind: Kind; readonly label: string }[] = [
    ...(hasPassword ? [{ kind: 'password', label: t('account.password') } as const] : []),
    ...(hasTotp
      ? ([
          { kind: 'code', label: t('signIn.code') },
          { kind: 'recoveryCode', label: t('signIn.recoveryCode') },
        ] as const)
      : []),
  ]
  const setText = (text: string) => onChange({ ...proof, text })
  return (
    <div className="grid gap-2">
      {proof.kind === 'password' ? (
        <TextField
          label={t('account.password')}
          type="password"
          autoComplete="current-password"
          value={proof.text}
          onChange={setText}
        />
      ) : (
        <CodeField
          key={proof.kind}
          kind={proof.kind === 'code' ? 'app' : 'recovery'}
          takesFocus={wasChanged}
          label={t(proof.kind === 'code' ? 'signIn.code' : 'signIn.recoveryCode')}
          value={proof.text}
          onChange={setText}
        />
      )}
      <div className="flex flex-wrap gap-x-3">
        {kinds
          .filter(({ kind }) => kind !== proof.kind)
          .map(({ kind, label }) => (
            <button
              key={kind}
              type="button"
              className="button button-quiet -ms-3"
              onClick={() => {
                setWasChanged(true)
                onChange({ kind, text: '' })
              }}
            >
              {label}
            </button>
          ))}
      </div>
    </div>
  )
}
