import { provideTexts } from '../i18n/translate.ts'
import { texts } from '../shell/texts/texts.ts'

// Before each file of tests, as the app does at its start.
provideTexts(texts)
