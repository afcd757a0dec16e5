import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const spec = readFileSync(join(root, 'shared/SPEC.md'), 'utf8')
const rules = Array.from(spec.matchAll(/^- \*\*\[(R\d+)\]/gm), ([, rule]) => rule)

test('each rule of the SPEC has a number of its own', () => {
  expect(rules).toEqual([...new Set(rules)])
})

test('the SPEC has every rule that it names itself, or that the title of a test quotes', () => {
  const files = globSync('{shared,sync-server,web,e2e}/src/**/*.test.{ts,tsx}', { cwd: root })
  const titles = files.flatMap((file) => readFileSync(join(root, file), 'utf8').match(/\[R\d+\]/g) ?? [])
  expect(titles.length).toBeGreaterThan(100)
  const named = new Set(`${spec} ${titles}`.match(/\bR\d+\b/g))
  expect([...named].filter((rule) => !rules.includes(rule))).toEqual([])
})
