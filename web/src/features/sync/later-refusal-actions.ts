import { later } from '../../ui/later.tsx'

export const RefusalActions = later(async () => (await import('./RefusalActions.tsx')).RefusalActions)
