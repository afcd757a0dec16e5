import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface LockedPackage {
  readonly resolved?: string
  readonly link?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lockfile = readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8')
const packages = Object.entries<LockedPackage>(JSON.parse(lockfile).packages)

test('the lockfile holds the binaries of every platform, as an install fetches no other', () => {
  const held = new Set(packages.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)))
  const optional = packages.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies))
  // Questlog runs on no machine of this kind.
  const missing = optional.filter((name) => !name.includes('wasm32') && !held.has(name))
  expect(missing).toEqual([])
})

test('the lockfile names no address that packages come from', () => {
  expect(packages.filter(([, { resolved, link }]) => resolved !== undefined && link !== true)).toEqual([])
})
