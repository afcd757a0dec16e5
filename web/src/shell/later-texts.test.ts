import { expect, test, vi } from 'vitest'
import { redoAction, undoAction } from '../features/undo/undo-actions.ts'
import type { MessageKey } from '../i18n/message.ts'
import { sources, startImportsOf } from '../testing/source-files.ts'
import { screens } from './features.ts'
import { firstEnglish } from './texts/first-english.ts'
import { firstGerman } from './texts/first-german.ts'
import { laterEnglish } from './texts/later-english.ts'
import { laterGerman } from './texts/later-german.ts'

/** The modules of the first screen: what the page's entry imports at once, itself and through others. */
function firstModules(): readonly string[] {
  const found = new Set<string>()
  const visit = (path: string) => {
    if (found.has(path)) return
    found.add(path)
    startImportsOf(path).forEach(visit)
  }
  visit('main.tsx')
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

/** Each folder's texts under its path, of the files with one name. */
const own = (name: string) =>
  Object.entries(import.meta.glob<object>('../**/*texts.{en,de}.ts', { eager: true }))
    .filter(([path]) => path.endsWith(`/${name}`))
    .flatMap(([, module]) => Object.values(module).flatMap((texts) => Object.keys(texts)))

const first = Object.keys(firstEnglish)
const later = Object.keys(laterEnglish)

test('the modules of the first screen name no text that is loaded later', () => {
  const modules = firstModules()
  expect(modules).toContain('shell/Shell.tsx')
  expect(modules).toContain('shell/texts/first-english.ts')
  expect(modules.filter((path) => /later-english|german/.test(path))).toEqual([])
  const missing = modules.flatMap((path) => keysNamedIn(sources.get(path) ?? '', later).map((key) => `${path}: ${key}`))
  expect(missing).toEqual([])
})

test('what the first screen shows of declared screens and actions is there from the start', () => {
  const listed = screens
    .filter(({ path, nav }) => nav !== undefined || ['/', '/today'].includes(path))
    .map(({ title }) => title)
  const shown: readonly MessageKey[] = [...listed, undoAction.name, redoAction.name]
  expect(shown.filter((key) => !first.includes(key))).toEqual([])
})

test('no text is twice', () => {
  const all = [...own('first-texts.en.ts'), ...own('texts.en.ts')]
  expect(all.toSorted()).toEqual([...first, ...later].toSorted())
  expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([])
})

test('every text is there in German, in the same part', () => {
  expect(Object.keys(firstGerman).toSorted()).toEqual(first.toSorted())
  expect(Object.keys(laterGerman).toSorted()).toEqual(later.toSorted())
})

/** The texts of a page that was opened just now. */
async function openTexts() {
  vi.resetModules()
  await import('../testing/provide-texts.ts')
  return import('../i18n/translate.ts')
}

test('a text that is not there yet shows its key, and its words once they are loaded', async () => {
  const { loadLaterTexts, translateIn } = await openTexts()
  expect(translateIn('en', 'history.title')).toBe('history.title')
  expect(translateIn('de', 'history.title')).toBe('history.title')
  await loadLaterTexts()
  expect(translateIn('en', 'history.title')).toBe('History')
  expect(translateIn('de', 'history.title')).toBe('History')
})

test('a language is chosen with the texts of all screens', async () => {
  const { chooseLanguage, translateIn } = await openTexts()
  await chooseLanguage('de')
  expect(translateIn('de', 'history.title')).toBe('Verlauf')
  expect(translateIn('de', 'undo')).toBe('Rückgängig')
})
