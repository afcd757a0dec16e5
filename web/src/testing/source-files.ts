const files = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })

/** The text of every source file, tests left out, by its path in `web/src`. */
export const sources: ReadonlyMap<string, string> = new Map(
  Object.entries(files)
    .map(([path, source]) => [resolved(path, 'testing/source-files.ts'), source] as const)
    .filter(([path]) => !/\.test\.tsx?$/.test(path)),
)

/** The source files that one imports at once, for types and later alike. */
export function importsOf(path: string): readonly string[] {
  return found(path, /(?:from|import)\s*\(?\s*'(\.[^']+)'/g)
}

/** Those that it imports at once, and not for their types alone. */
export function startImportsOf(path: string): readonly string[] {
  return found(path, /^(?:import|export) (?!type )(?:[^'";]*? from )?'(\.[^']+)'/gm)
}

function found(path: string, pattern: RegExp): readonly string[] {
  const imported = [...(sources.get(path) ?? '').matchAll(pattern)].map(([, to = '']) => resolved(to, path))
  return imported.filter((to) => sources.has(to))
}

function resolved(imported: string, from: string): string {
  return new URL(imported, `http://src/${from}`).pathname.slice(1)
}
