import type { FetchFinal } from '@questlog/shared/client/ports/fetch-final'
import { createAccount } from '@questlog/shared/client/rest/account'
import { createApiKeys } from '@questlog/shared/client/rest/api-keys'
import { createAssignedQuests } from '@questlog/shared/client/rest/assigned-quests'
import { createParties } from '@questlog/shared/client/rest/parties'
import { createAccountMemory } from '@questlog/shared/client/session/account-memory'
import { createSession } from '@questlog/shared/client/session/create-session'
import { openWorkspace } from '@questlog/shared/client/workspace/open-workspace'
import type { UserId } from '@questlog/shared/domain/kernel/ids'
import { connectAcrossTabs } from '../browser/connect-across-tabs.ts'
import { openIndexedDbChangeLog } from '../browser/indexeddb-change-log.ts'
import { openWebLocalStore } from '../browser/open-web-local-store.ts'
import { onPageLeaving } from '../browser/page-leaving.ts'
import { webStorageKeeping } from '../browser/persistent-storage.ts'
import { webCoordination } from '../browser/web-coordination.ts'
import { webDocuments } from '../browser/web-documents.ts'
import { webFaults } from '../browser/web-faults.ts'
import { deviceMemory, tabMemory } from '../browser/web-key-value.ts'
import { forgetHalfTyped } from '../features/quests/half-typed.ts'
import { ownServer } from '../session/own-server.ts'
import { deviceZone } from '../ui/use-today.ts'

const now = () => Date.now()

/** Makes the session of this page over the browser's ports and the server it came from. */
export function createWebSession() {
  const account = createAccount({
    ...ownServer,
    now,
    memory: createAccountMemory(deviceMemory),
    // All tabs share the refresh cookie, which may be used once only.
    exclusively: (task) => webCoordination.alone('questlog/account', task),
  })
  const syncUrl = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`
  const fetchFinal: FetchFinal = async (documentName) => {
    const { createFetchFinal } = await import('@questlog/shared/client/rest/final-states')
    return createFetchFinal({ ...ownServer, accessToken: account.accessToken })(documentName)
  }
  return createSession({
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
          onPageLeaving,
          connectNext: (next) => connectAcrossTabs(next, { url: syncUrl, token: account.accessToken }),
        },
        ref,
      ),
    connect: connectAcrossTabs,
    syncUrl,
    memory: deviceMemory,
    coordination: webCoordination,
    documents: webDocuments,
    faults: webFaults,
    windowMemory: tabMemory,
    storage: webStorageKeeping,
    onForget: (workspaceId) => forgetHalfTyped(tabMemory, workspaceId),
  })
}
