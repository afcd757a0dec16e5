import { expect, test } from 'vitest'
import { setPreferences } from '../theme/preferences.ts'
import { english } from './en.ts'
import { englishLater } from './en-later.ts'
import { chooseLanguage, loadLaterTexts, translateIn } from './translate.ts'

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })

/** The modules of the first screen: what the page's entry imports at once, itself and through others. */
function firstModules(): readonly string[] {
  const found = new Set<string>()
  const visit = (path: string) => {
    const source = sources[path]
    if (found.has(path) || source === undefined) return
    found.add(path)
    for (const [, imported = ''] of source.matchAll(/^(?:import|export) (?!type )(?:[^'";]*? from )?'(\.[^']+)'/gm)) {
      const { pathname } = new URL(imported, `http://src/i18n/${path}`)
      visit(pathname.startsWith('/i18n/') ? `.${pathname.slice('/i18n'.length)}` : `..${pathname}`)
    }
  }
  visit('../main.tsx')
  return [...found]
}

/** The keys a module's text spells out, or may put together by a template that begins like them. */
function keysNamedIn(source: string, keys: readonly string[]): readonly string[] {
  const prefixes = [...source.matchAll(/`([\w.]+)\$\{/g)].map(([, prefix = '']) => prefix)
  return keys.filter((key) => source.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix)))
}

test('the modules of the first screen name no text that is loaded later', () => {
  const modules = firstModules()
  expect(modules).toContain('../shell/Shell.tsx')
  expect(modules).toContain('./en.ts')
  expect(modules).not.toContain('./en-later.ts')
  const keys = Object.keys(englishLater)
  const missing = modules.flatMap((path) => keysNamedIn(sources[path] ?? '', keys).map((key) => `${path}: ${key}`))
  expect(missing).toEqual([])
})

test('no text is in both parts', () => {
  expect(Object.keys(englishLater).filter((key) => key in english)).toEqual([])
})

test('a text that is not there yet shows its key, and its words once they are loaded', async () => {
  setPreferences({ language: 'en' })
  expect(translateIn('en', 'history.title')).toBe('history.title')
  expect(translateIn('de', 'history.title')).toBe('history.title')
  await loadLaterTexts()
  expect(translateIn('en', 'history.title')).toBe('History')
  expect(translateIn('de', 'history.title')).toBe('History')
})

test('a language is chosen with the texts of all screens', async () => {
  await chooseLanguage('de')
  expect(translateIn('de', 'history.title')).toBe('Verlauf')
  expect(translateIn('de', 'undo')).toBe('Rückgängig')
})
