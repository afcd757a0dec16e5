import { onOtherPerson } from '@questlog/shared/client/session/account-memory'
import { createRoot } from 'react-dom/client'
import { deviceMemory } from './browser/web-key-value.ts'
import { loadLanguage, provideTexts } from './i18n/translate.ts'
import { App } from './shell/App.tsx'
import { keepShell, workAfterFirstPaint } from './shell/after-first-paint.ts'
import { createWebSession } from './shell/create-web-session.ts'
import { texts } from './shell/texts/texts.ts'
import { startPreferences, usePreferences } from './theme/preferences.ts'
import { followHistory } from './ui/history-places.ts'
import './theme/styles.css'

const session = createWebSession()

followHistory(session.windowMemory)
startPreferences(deviceMemory, document.documentElement)
provideTexts(texts)
// English stands in where the texts cannot be fetched.
await loadLanguage(usePreferences.getState().language).catch(() => undefined)
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element')
createRoot(root).render(<App session={session} />)
void session.start().then(() => workAfterFirstPaint(session, deviceMemory))
onOtherPerson(deviceMemory, () => location.reload())
if (import.meta.env.PROD) keepShell(session)
