import { documentLog } from './migrations/0001-document-log.ts'
import { accounts } from './migrations/0002-accounts.ts'
import { readModel } from './migrations/0003-read-model.ts'
import { idempotentRequests } from './migrations/0004-idempotent-requests.ts'
import { parties } from './migrations/0005-parties.ts'
import { accountMail } from './migrations/0006-account-mail.ts'
import { signInMethods } from './migrations/0007-sign-in-methods.ts'
import { documentKeys } from './migrations/0008-document-keys.ts'
import { listIndexes } from './migrations/0009-list-indexes.ts'
import { setAside } from './migrations/0010-set-aside.ts'
import { removedActivity } from './migrations/0011-removed-activity.ts'
import { endedEpochs } from './migrations/0012-ended-epochs.ts'
import { deviceMarks } from './migrations/0015-device-marks.ts'
import { passkeyHosts } from './migrations/0016-passkey-hosts.ts'
import type { Migration } from './migrations/migration.ts'

/** Every migration in the order it runs. Append only: a released one never changes. */
export const migrations: readonly Migration[] = [
  documentLog,
  accounts,
  readModel,
  idempotentRequests,
  parties,
  accountMail,
  signInMethods,
  documentKeys,
  listIndexes,
  setAside,
  removedActivity,
  endedEpochs,
  deviceMarks,
  passkeyHosts,
]
