import { expect, test } from 'vitest'
import { redoAction, undoAction } from '../features/undo/undo-actions.ts'
import { english } from '../i18n/en.ts'
import { englishLater } from '../i18n/en-later.ts'
import { chooseLanguage, loadLaterTexts, translateIn } from '../i18n/translate.ts'
import { setPreferences } from '../theme/preferences.ts'
import { screens } from './features.ts'

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })

/** The modules of the first screen: what the page's entry imports at once, itself and through others. */
function firstModules(): readonly string[] {
  const found = new Set<string>()
  const visit = (path: string) => {
    const source = sources[path]
    if (found.has(path) || source === undefined) return
    found.add(path)
    for (const [, imported = ''] of source.matchAll(/^(?:import|export) (?!type )(?:[^'";]*? from )?'(\.[^']+)'/gm)) {
      const { pathname } = new URL(imported, `http://src/shell/${path}`)
      visit(pathname.startsWith('/shell/') ? `.${pathname.slice('/shell'.length)}` : `..${pathname}`)
    }
  }
  visit('../main.tsx')
  return [...found]
}

/**
 * The keys a module's text spells out, or may put together by a template that begins like them; what a feature declares
 * for others to show aside.
 */
function keysNamedIn(source: string, keys: readonly string[]): readonly string[] {
  const shown = source.replace(/\b(?:title|name): '[\w.]+'/g, '')
  const prefixes = [...shown.matchAll(/`([\w.]+)\$\{/g)].map(([, prefix = '']) => prefix)
  return keys.filter((key) => shown.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix)))
}

test('the modules of the first screen name no text that is loaded later', () => {
  const modules = firstModules()
  expect(modules).toContain('./Shell.tsx')
  expect(modules).toContain('../i18n/en.ts')
  expect(modules).not.toContain('../i18n/en-later.ts')
  const keys = Object.keys(englishLater)
  const missing = modules.flatMap((path) => keysNamedIn(sources[path] ?? '', keys).map((key) => `${path}: ${key}`))
  expect(missing).toEqual([])
})

test('what the first screen shows of declared screens and actions is there from the start', () => {
  const shown = [
    ...screens.filter(({ nav }) => nav !== undefined).map(({ title }) => title),
    undoAction.name,
    redoAction.name,
  ]
  expect(shown.filter((key) => !(key in english))).toEqual([])
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
