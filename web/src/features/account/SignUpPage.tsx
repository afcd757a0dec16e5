import type { ListKey } from '@questlog/shared/domain/quest/lists'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useLogOwner, useSession } from '../../session/session-context.ts'
import { useListCount } from '../../session/workspace-context.ts'
import { TextField } from '../../ui/TextField.tsx'
import { AccountPage } from './AccountPage.tsx'
import { OtherWays } from './OtherWays.tsx'

const allKey: ListKey = { kind: 'all' }

/** Making an account, into which the local log goes unless the person wants it apart. */
export function SignUpPage() {
  const t = useTranslate()
  const session = useSession()
  const [displayName, setDisplayName] = useState('')
  const [claimsLocalLog, setClaimsLocalLog] = useState(true)
  const quests = useListCount(allKey)
  const isLocal = useLogOwner() === null
  const choices = [
    { claims: true, label: t('account.claim', { count: quests }), hint: t('account.claimText') },
    { claims: false, label: t('account.keepApart'), hint: t('account.keepApartText') },
  ]
  return (
    <AccountPage
      text="account.signUpText"
      submitLabel="account.create"
      busyLabel="account.creating"
      password="new"
      onSubmit={(input) => session.signUp({ ...input, displayName, claimsLocalLog })}
      above={
        <TextField
          label={t('account.name')}
          type="text"
          autoComplete="name"
          value={displayName}
          onChange={setDisplayName}
        />
      }
      below={
        quests === 0 || !isLocal ? null : (
          <fieldset className="grid gap-2">
            <legend className="mb-1 font-semibold">{t('account.localLog')}</legend>
            {choices.map(({ claims, label, hint }) => (
              <label
                key={String(claims)}
                className="flex gap-3 rounded border border-line p-3 has-checked:border-accent"
              >
                <input
                  type="radio"
                  name="local-log"
                  className="mt-1 size-4 shrink-0"
                  checked={claimsLocalLog === claims}
                  onChange={() => setClaimsLocalLog(claims)}
                />
                <span>
                  {label}
                  <span className="block text-sm text-soft">{hint}</span>
                </span>
              </label>
            ))}
          </fieldset>
        )
      }
      others={(onOutcome) => <OtherWays signUp={claimsLocalLog ? 'merge' : 'keep-apart'} onOutcome={onOutcome} />}
      otherwise={{ question: 'account.haveAccount', href: '/sign-in', label: 'account.signIn' }}
    />
  )
}
