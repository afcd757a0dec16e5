import { z } from 'zod'
import { runFresh } from '../measure/fresh-process.ts'
import { report } from '../measure/report.ts'
import { median, quantile } from '../measure/statistics.ts'
import { withScratch } from './child-runs.ts'

const NOTES = 100_000
/** Yjs alone looks up each note among all others, so a tenth of them says enough. */
const ALTERNATIVE_NOTES = NOTES / 10
const ROUNDS = 3

const script = new URL('notes-child.ts', import.meta.url)
const written = z.object({ bytes: z.number() })
const loaded = z.object({ loadMs: z.number(), encodeMs: z.number(), editMs: z.array(z.number()) })

/** A document of 100,000 notes: loading it, encoding it whole, and a letter typed into one of them. */
export async function benchNotes(): Promise<void> {
  await withScratch(async (file) => {
    const { bytes } = await runFresh(script, written, ['questlog', 'write', file('ours'), String(NOTES)])
    await runFresh(script, written, ['yjs', 'write', file('theirs'), String(ALTERNATIVE_NOTES)])
    const ours: z.infer<typeof loaded>[] = []
    const theirs: z.infer<typeof loaded>[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await runFresh(script, loaded, ['questlog', 'load', file('ours'), String(NOTES)]))
      theirs.push(await runFresh(script, loaded, ['yjs', 'load', file('theirs'), String(ALTERNATIVE_NOTES)]))
    }
    const details = { notes: NOTES, alternativeNotes: ALTERNATIVE_NOTES, rounds: ROUNDS, bytesPerNote: bytes / NOTES }
    const alternative = 'Yjs alone with a tenth of the notes'
    const edits = ours.flatMap(({ editMs }) => editMs)
    const figures = [
      { work: 'load', of: ({ loadMs }: z.infer<typeof loaded>) => loadMs, budget: { atMost: 2_000 } },
      { work: 'encode', of: ({ encodeMs }: z.infer<typeof loaded>) => encodeMs, budget: { ratioAtMost: 1 } },
      { work: 'edit', of: ({ editMs }: z.infer<typeof loaded>) => median(editMs), budget: { atMost: 1 } },
    ] as const
    for (const { work, of, budget } of figures) {
      report({
        bench: `notes-100k ${work}`,
        value: median(ours.map(of)),
        unit: 'ms',
        alternative,
        alternativeValue: median(theirs.map(of)),
        budget,
        details: work === 'edit' ? { ...details, p95: quantile(edits, 0.95) } : details,
      })
    }
  })
}
