import { createAccount } from '@questlog/shared/client/rest/account'
import { createApiKeys } from '@questlog/shared/client/rest/api-keys'
import { createAssignedQuests } from '@questlog/shared/client/rest/assigned-quests'
import { createParties } from '@questlog/shared/client/rest/parties'
import type { FetchFinal } from '@questlog/shared/client/workspace/move-delayed'
import { openWorkspace } from '@questlog/shared/client/workspace/open-workspace'
import type { UserId } from '@questlog/shared/domain/kernel/ids'
import { parseDocumentName } from '@questlog/shared/protocol/documents'
import { createRoot } from 'react-dom/client'
import { accountMemory, exclusivelyAmongTabs, reloadOnOtherPerson } from './app/account-memory.ts'
import { createSession } from './app/create-session.ts'
import { ownServer } from './app/own-server.ts'
import { deleteChangeDatabase } from './browser/change-database.ts'
import { connectAcrossTabs } from './browser/connect-across-tabs.ts'
import { documentsOnDevice } from './browser/document-database.ts'
import { openIndexedDbChangeLog } from './browser/indexeddb-change-log.ts'
import { openWebLocalStore } from './browser/open-web-local-store.ts'
import { persistentStorageAnswer } from './browser/persistent-storage.ts'
import { isSocketFree } from './browser/socket-owner.ts'
import { webWriterSlots } from './browser/web-writer-slots.ts'
import { loadLanguage } from './i18n/translate.ts'
import { App } from './shell/App.tsx'
import { preloadParts } from './shell/lazy-parts.ts'
import { applyPreferences, usePreferences } from './theme/preferences.ts'
import { deviceZone } from './ui/use-today.ts'
import './theme/styles.css'

const now = () => Date.now()

const account = createAccount({ ...ownServer, now, memory: accountMemory, exclusively: exclusivelyAmongTabs })

const syncUrl = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`
const fetchFinal: FetchFinal = async (documentName) => {
  const { createFetchFinal } = await import('@questlog/shared/client/rest/final-states')
  return createFetchFinal({ ...ownServer, accessToken: account.accessToken })(documentName)
}

const session = createSession({
  account,
  rest: {
    parties: createParties({ ...ownServer, account }),
    apiKeys: createApiKeys(account),
    assigned: createAssignedQuests(account),
    account,
  },
  open: (ref, userId) =>
    openWorkspace(
      {
        openLocalStore: openWebLocalStore,
        openChangeLog: openIndexedDbChangeLog,
        now,
        timeZone: deviceZone,
        random: Math.random,
        userId: () => userId() as UserId | null,
        fetchFinal,
        writerSlots: webWriterSlots,
        connectNext: (next) => connectAcrossTabs(next, { url: syncUrl, token: account.accessToken }),
      },
      ref,
    ),
  async removeStore(documentName) {
    await (await openWebLocalStore(documentName)).destroy()
    const parsed = parseDocumentName(documentName)
    if (parsed !== null) await deleteChangeDatabase(parsed.id)
  },
  connect: connectAcrossTabs,
  isSocketFree,
  documents: documentsOnDevice,
  syncUrl,
})

applyPreferences(document.documentElement)
// English stands in where the texts cannot be fetched.
await loadLanguage(usePreferences.getState().language).catch(() => undefined)
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element')
createRoot(root).render(<App session={session} />)
void session.start().then(() => {
  whenIdle(preloadParts)
  whenIdle(async () => sendWaitingFromNowOn())
  whenIdle(async () => {
    const { tellOfVolatileStorage } = await import('./features/sync/tell-of-volatile-storage.ts')
    await tellOfVolatileStorage({ session, isKept: persistentStorageAnswer, memory: localStorage })
  })
})
reloadOnOtherPerson()

if (import.meta.env.PROD) {
  // After the first paint: keeping the shell for later must not slow this start.
  addEventListener('load', () => {
    keepForOffline().catch((cause: unknown) => console.warn('The app could not be kept for later.', cause))
  })
}

async function keepForOffline(): Promise<void> {
  const { registerServiceWorker } = await import('./pwa/register-service-worker.ts')
  await registerServiceWorker({ onUpdateReady: (applyUpdate) => session.state.setState({ applyUpdate }) })
}

function whenIdle(task: () => Promise<void>): void {
  const run = () => void task()
  if ('requestIdleCallback' in window) requestIdleCallback(run)
  else setTimeout(run, 1000)
}

/** A tab that had the log open may be gone since, or the network back. */
function sendWaitingFromNowOn(): void {
  session.sendWaiting()
  addEventListener('online', session.sendWaiting)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && session.sendWaiting())
}
