import { later } from '../../ui/later.tsx'

export const BulkBar = later(async () => (await import('./BulkBar.tsx')).BulkBar)
