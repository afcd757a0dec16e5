import type { ChangeLog } from '../ports/change-log.ts'

const PAGE = 1000

/** Takes over what another change log holds; idempotent, and kept when resolved. */
export async function copyChanges(from: ChangeLog, to: ChangeLog): Promise<void> {
  let page = await from.latest(PAGE, null)
  to.add(page.changes)
  while (page.next !== null) {
    page = await from.latest(PAGE, page.next)
    to.add(page.changes)
  }
  await to.settled()
}
