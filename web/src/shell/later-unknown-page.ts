import { later } from '../ui/later.tsx'

export const UnknownPage = later(async () => (await import('./UnknownPage.tsx')).UnknownPage)
