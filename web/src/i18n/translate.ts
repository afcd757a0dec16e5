import { type Language, setPreferences, usePreferences } from '../theme/preferences.ts'
import type { MessageKey, TextSources, Texts } from './message.ts'

export type Values = { readonly [name: string]: string | number }
export type Translate = (key: MessageKey, values?: Values) => string

let sources: TextSources | null = null
const texts: { [Name in Language]: Texts } = { en: {}, de: {} }
const plurals = { en: new Intl.PluralRules('en'), de: new Intl.PluralRules('de') }
const numbers = { en: new Intl.NumberFormat('en'), de: new Intl.NumberFormat('de') }

/** Tells where the texts come from; call it before anything is rendered. */
export function provideTexts(from: TextSources): void {
  sources = from
  add('en', from.firstEnglish)
}

/** Fetches a language's texts of the first screen; until they are there, English stands in. */
export async function loadLanguage(language: Language): Promise<void> {
  add(language, (await sources?.first[language]()) ?? {})
}

/** Fetches the texts of everything that comes after the first screen: in English where the language's cannot be had. */
export async function loadLaterTexts(): Promise<void> {
  await loadLater(usePreferences.getState().language).catch(() => loadLater('en'))
}

/** Changes the language once all its texts are there; where they cannot be fetched, it stays. */
export async function chooseLanguage(language: Language): Promise<void> {
  await Promise.all([loadLanguage(language), loadLater(language)])
  setPreferences({ language })
}

async function loadLater(language: Language): Promise<void> {
  add(language, (await sources?.later[language]()) ?? {})
}

function add(language: Language, more: Texts): void {
  texts[language] = { ...texts[language], ...more }
}

/**
 * The message in a language with `{name}` replaced by its value; numbers are grouped the local way, and words that run
 * from right to left do not turn those around them.
 */
export function translateIn(language: Language, key: MessageKey, values: Values = {}): string {
  // The key itself is the last resort: a text that is missing must not take the screen down.
  const message = texts[language][key] ?? texts.en[key] ?? key
  const template = typeof message === 'string' ? message : message[pluralForm(language, values.count)]
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name]
    if (value === undefined) return placeholder
    return typeof value === 'number' ? numbers[language].format(value) : isolated(value)
  })
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/

function isolated(value: string): string {
  return rightToLeft.test(value) ? `\u2068${value}\u2069` : value
}

function pluralForm(language: Language, count: string | number | undefined): 'one' | 'other' {
  return plurals[language].select(Number(count ?? 0)) === 'one' ? 'one' : 'other'
}

/** The message in the language chosen now; for code outside components. */
export const translate: Translate = (key, values) => translateIn(usePreferences.getState().language, key, values)

const translators: { readonly [Name in Language]: Translate } = {
  en: (key, values) => translateIn('en', key, values),
  de: (key, values) => translateIn('de', key, values),
}

/** The translating function of the chosen language; components render again when it changes. */
export function useTranslate(): Translate {
  return translators[usePreferences((preferences) => preferences.language)]
}
