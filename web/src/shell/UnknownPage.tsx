import { Link } from 'wouter'
import { useTranslate } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'

/** What stands at an address that is no page's. */
export function UnknownPage() {
  const t = useTranslate()
  return (
    <Page title={t('unknown.title')}>
      <EmptyState title={t('unknown.heading')} text={t('unknown.text')}>
        <Link href="/" className="button button-primary mt-4">
          {t('nav.inbox')}
        </Link>
      </EmptyState>
    </Page>
  )
}
