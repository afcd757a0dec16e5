import { expect, test } from 'vitest'
import { importsOf, sources } from '../testing/source-files.ts'

const paths = [...sources.keys()].filter((path) => !path.includes('testing/'))

/** A folder and what it imports from. */
function importsBetween(folderOf: (path: string) => string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const path of paths) {
    const from = found.get(folderOf(path)) ?? new Set()
    found.set(folderOf(path), from)
    for (const imported of importsOf(path)) if (folderOf(imported) !== folderOf(path)) from.add(folderOf(imported))
  }
  return found
}

/** The part of the app that a file belongs to: a feature, or one of the folders below and above them. */
function partOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'features' ? `${first}/${second}` : first
}

test('a part of the app names its own texts and those of parts that it imports', () => {
  const imports = importsBetween(partOf)
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true
    seen.add(from)
    return [...(imports.get(from) ?? [])].some((next) => !seen.has(next) && reaches(next, to, seen))
  }
  const isOfTexts = (path: string) => /texts\.(en|de)\.ts$/.test(path)
  const owners = paths.filter(isOfTexts).flatMap((path) => {
    // Keys that are one word mean other things as well.
    const keys = [...(sources.get(path) ?? '').matchAll(/^ {2}'([\w.-]+)':/gm)]
    return keys.map(([, key = '']) => [key, partOf(path)] as const)
  })
  const foreign = paths
    .filter((path) => !isOfTexts(path))
    .flatMap((path) =>
      owners
        .filter(([key, owner]) => sources.get(path)?.includes(`'${key}'`) && !reaches(partOf(path), owner))
        .map(([key, owner]) => `${path}: ${key} of ${owner}`),
    )
  expect(owners.length).toBeGreaterThan(500)
  expect([...new Set(foreign)]).toEqual([])
})
