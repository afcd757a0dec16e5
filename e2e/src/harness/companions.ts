import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that names the programs to end with the run. */
    readonly companions: string
  }
}

/** Lets a program outlive the file of tests that started it: the end of the run stops it and removes its directory. */
export function leaveToEndOfRun(program: { readonly pid: number; readonly directory: string }): void {
  writeFileSync(join(inject('companions'), String(program.pid)), program.directory)
}
