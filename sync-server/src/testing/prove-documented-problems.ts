import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { problemsOutOfStep } from './answered-problems.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test servers leave which problems they answered with. */
    readonly answeredProblems: string
  }
}

/**
 * vitest's global set-up: once every test of the project passed, fails the run where the problems that the OpenAPI
 * document names for a route are not those that test servers answered with there.
 */
export function setup(project: TestProject): () => Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'questlog-problems-'))
  project.provide('answeredProblems', directory)
  return async () => {
    try {
      if (!(await everyTestPassed(project))) return
      const problems = problemsOutOfStep(directory)
      if (problems.length === 0) {
        process.stderr.write('Every documented refusal was got from its route, and no other.\n')
        return
      }
      process.stderr.write(`\nThe OpenAPI document and the server disagree:\n${problems.join('\n')}\n`)
      // What is thrown here may be passed over: vitest waits ten seconds for everything it closes.
      process.exitCode = 1
    } finally {
      rmSync(directory, { recursive: true })
    }
  }
}

async function everyTestPassed(project: TestProject): Promise<boolean> {
  const { vitest } = project
  if (vitest.getGlobalTestNamePattern() !== undefined) return false
  const passed = vitest.state.getTestModules().filter((module) => module.ok())
  const ran = new Set(passed.map(({ moduleId }) => moduleId))
  const { testFiles } = await project.globTestFiles()
  return testFiles.every((file) => ran.has(file))
}
