import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { LAYERS, type PackageLayers } from './layers.ts'

/** What each file imports, type imports included; paths from the repository's root, with `/`. */
export type Imports = ReadonlyMap<string, readonly string[]>

/** Reads what the sources below some folders import from each other. Tests and what serves only them are left out. */
export function readImports(root: string, folders: readonly string[]): Imports {
  const files = folders.flatMap((folder) => sourcesBelow(join(root, folder)))
  return new Map(
    files.map((file) => {
      const specifiers = readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)
      const imported = Array.from(specifiers, ([, specifier = '']) => resolveImport(root, file, specifier))
      return [relative(root, file), [...new Set(imported.filter((each) => each !== null))]]
    }),
  )
}

/** Folders that import each other, by themselves or by way of others: each circle with one import for each of its steps. */
export function folderCircles(imports: Imports): readonly string[] {
  const steps = new Map<string, Map<string, string>>()
  for (const [file, imported] of imports) {
    const from = at(steps, dirname(file), () => new Map())
    for (const other of imported) {
      if (dirname(other) !== dirname(file)) at(from, dirname(other), () => `${file} imports ${other}`)
    }
  }
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (folder: string, path: readonly string[]): void => {
    const start = path.indexOf(folder)
    if (start >= 0) {
      const circle = [...path.slice(start), folder]
      circles.push(
        circle
          .slice(1)
          .map((to, index) => steps.get(circle[index] ?? '')?.get(to))
          .join('; '),
      )
    }
    if (start >= 0 || done.has(folder)) return
    for (const to of steps.get(folder)?.keys() ?? []) walk(to, [...path, folder])
    done.add(folder)
  }
  for (const folder of steps.keys()) walk(folder, [])
  return circles
}

/** Imports that go upwards, and files that stand in no layer. */
export function layerBreaks(imports: Imports, { root, layers }: PackageLayers): readonly string[] {
  const levels = layers.flatMap((folders, level) => folders.map((folder) => [`${root}/${folder}/`, level] as const))
  levels.sort(([a], [b]) => b.length - a.length)
  const levelOf = (file: string) => levels.find(([folder]) => `${file}/`.startsWith(folder))?.[1]
  return [...imports]
    .filter(([file]) => file.startsWith(`${root}/`))
    .flatMap(([file, imported]) => {
      const own = levelOf(file)
      if (own === undefined) return [`${file} stands in no layer of scripts/layers.ts`]
      return imported
        .filter((other) => (levelOf(other) ?? 0) > own)
        .map((other) => `${file} imports ${other}, which stands above it`)
    })
}

function at<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const held = map.get(key) ?? make()
  map.set(key, held)
  return held
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : sourcesBelow(path)
    return /(?<!\.test|\.d)\.tsx?$/.test(entry.name) ? [path] : []
  })
}

function resolveImport(root: string, file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return relative(root, join(dirname(file), specifier))
  const shared = /^@questlog\/shared\/(.+)$/.exec(specifier)?.[1]
  return shared === undefined ? null : `shared/src/${shared}.ts`
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const imports = readImports(
    root,
    LAYERS.map((each) => each.root),
  )
  const faults = [...folderCircles(imports), ...LAYERS.flatMap((each) => layerBreaks(imports, each))]
  console.log(`circles of folders, and imports against the layers: ${faults.length}`)
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length === 0 ? 0 : 1
}
