import type pg from 'pg'
import { expect } from 'vitest'

/** Waits for a job to fail, and ends the pause after which it is tried again. */
export async function retryNow(pool: pg.Pool): Promise<void> {
  const resume = "update jobs.job set start_after = now() where state = 'retry'"
  await expect.poll(async () => (await pool.query(resume)).rowCount).toBe(1)
}
