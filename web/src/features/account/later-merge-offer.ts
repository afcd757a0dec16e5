import { later } from '../../ui/later.tsx'

export const MergeOfferPage = later(async () => (await import('./MergeOfferPage.tsx')).MergeOfferPage)
