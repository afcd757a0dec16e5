import { Link } from 'wouter'
import { useTranslate } from '../../i18n/translate.ts'
import { useSessionState, useStanding } from '../../session/session-context.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useMedia } from '../../ui/use-media.ts'

/** What an empty log says: what this is, in three facts, under the field to write in, and the way to a log elsewhere. */
export function FirstRun() {
  const t = useTranslate()
  const isTouch = useMedia('(pointer: coarse)')
  const isSignedIn = useSessionState((state) => state.person !== null)
  const where = useStanding() === 'own' ? 'firstRun.account' : 'firstRun.local'
  const facts = [where, 'firstRun.offline', isTouch ? 'firstRun.touch' : 'firstRun.keys'] as const
  return (
    <EmptyState title={t('firstRun.title')} text={t('firstRun.text')}>
      <ul className="mt-5 max-w-prose space-y-2">
        {facts.map((key) => (
          <li key={key} className="flex gap-3">
            <span aria-hidden="true" className="mt-[0.45rem] size-2 shrink-0 rotate-45 bg-accent" />
            <span>{t(key)}</span>
          </li>
        ))}
      </ul>
      {isSignedIn ? null : (
        <p className="mt-6 text-soft">
          {t('firstRun.elsewhere')}{' '}
          <Link href="/sign-in" className="font-semibold text-accent underline underline-offset-4">
            {t('account.signIn')}
          </Link>
        </p>
      )}
    </EmptyState>
  )
}
