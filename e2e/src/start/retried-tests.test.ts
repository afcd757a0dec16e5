import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'questlog-runner-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a run ends with what needed a second try and why, and says nothing of what did not', () => {
  const reporter = JSON.stringify(new URL('../../../scripts/list-retried-tests.mjs', import.meta.url).href)
  writeFileSync(
    join(folder, 'vitest.config.mjs'),
    `import { listRetriedTests } from ${reporter}
    export default { test: { globals: true, retry: 1, reporters: [listRetriedTests] } }`,
  )
  writeFileSync(
    join(folder, 'some.test.mjs'),
    `let tries = 0
    test('goes at once', () => {})
    test('goes the second time', () => { expect(++tries).toBe(2) })`,
  )
  const program = join(dirname(fileURLToPath(import.meta.resolve('vitest'))), '..', 'vitest.mjs')
  const { stdout, status } = spawnSync(process.execPath, [program, 'run', '--root', folder], { encoding: 'utf8' })
  expect(status).toBe(0)
  expect(stdout).toContain('Tried once more (1)')
  expect(stdout).toContain('some.test.mjs > goes the second time')
  expect(stdout).toContain('expected 1 to be 2')
  expect(stdout).not.toContain('goes at once')
})
