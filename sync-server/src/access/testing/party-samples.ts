import { z } from 'zod'
import { makeQuest } from './quest-samples.ts'
import type { Sample, SampleStage } from './sample.ts'

const inParty =
  (path: string, body?: unknown): Sample =>
  ({ workspaceId }) => ({ path: `/api/v1/workspaces/${workspaceId}${path}`, body })

/** An invitation to the stage's party. */
async function invite({ asOwner, workspaceId }: SampleStage): Promise<{ readonly id: string; readonly token: string }> {
  const made = await asOwner('POST', `/api/v1/workspaces/${workspaceId}/invitations`, { role: 'viewer', maxUses: 1 })
  return { id: String(made.id), token: String(made.token) }
}

/** A member of the stage's party who was not there before. */
async function join(stage: SampleStage): Promise<string> {
  const { userId, accessToken } = await stage.register()
  await stage.as(accessToken, 'POST', '/api/v1/invitations/accept', { token: (await invite(stage)).token })
  return userId
}

/** Makes a quest, deletes it for good, and puts it back. */
export const restoreSample: Sample = async (stage) => {
  const { id } = await makeQuest(stage)
  const { items } = await stage.asOwner('GET', `/api/v1/activity?workspaceId=${stage.workspaceId}&limit=1`)
  const [{ seq: at }] = z.tuple([z.object({ seq: z.int() })]).parse(items)
  await stage.asOwner('DELETE', `/api/v1/quests/${id}`)
  await stage.asOwner('POST', `/api/v1/quests/${id}/purge`)
  return inParty('/restore', { at, records: [{ table: 'quests', id }] })(stage)
}

const ownersAdded = new WeakSet<SampleStage>()

/** So that the owner may go. */
async function addOwner(stage: SampleStage): Promise<void> {
  if (ownersAdded.has(stage)) return
  ownersAdded.add(stage)
  const userId = await join(stage)
  await stage.asOwner('PATCH', `/api/v1/workspaces/${stage.workspaceId}/members/${userId}`, { role: 'owner' })
}

/** The routes whose success changes who is what in the party: each is tried on a stage of its own. */
export const changesStage: ReadonlySet<string> = new Set([
  'DELETE /api/v1/workspaces/:workspaceId',
  'POST /api/v1/workspaces/:workspaceId/leave',
  'POST /api/v1/workspaces/:workspaceId/transfer-ownership',
  'POST /api/v1/auth/password/change',
  'DELETE /api/v1/auth/sessions',
  'DELETE /api/v1/users/me',
  'POST /api/v1/invitations/accept',
])

/** Requests about parties, their members and their invitations. */
export const partySamples: Readonly<Record<string, Sample>> = {
  'GET /api/v1/workspaces/:workspaceId': inParty(''),
  'GET /api/v1/workspaces/:workspaceId/epochs/:epoch/final': async (stage) => {
    await makeQuest(stage)
    return inParty(`/epochs/${await stage.endEpoch()}/final`)(stage)
  },
  'PATCH /api/v1/workspaces/:workspaceId': inParty('', { name: 'Friends' }),
  'DELETE /api/v1/workspaces/:workspaceId': inParty('?name=Friends'),
  'POST /api/v1/workspaces/:workspaceId/leave': async (stage) => {
    await addOwner(stage)
    return inParty('/leave')(stage)
  },
  'POST /api/v1/workspaces/:workspaceId/transfer-ownership': async (stage) =>
    inParty('/transfer-ownership', { userId: await join(stage) })(stage),
  'GET /api/v1/workspaces/:workspaceId/members': inParty('/members'),
  'PATCH /api/v1/workspaces/:workspaceId/members/:userId': async (stage) =>
    inParty(`/members/${await join(stage)}`, { role: 'guest' })(stage),
  'DELETE /api/v1/workspaces/:workspaceId/members/:userId': async (stage) =>
    inParty(`/members/${await join(stage)}`)(stage),
  'GET /api/v1/workspaces/:workspaceId/invitations': inParty('/invitations'),
  'POST /api/v1/workspaces/:workspaceId/invitations': inParty('/invitations', { role: 'viewer' }),
  'DELETE /api/v1/workspaces/:workspaceId/invitations/:invitationId': async (stage) =>
    inParty(`/invitations/${(await invite(stage)).id}`)(stage),
  'GET /api/v1/workspaces/:workspaceId/audit': inParty('/audit'),
  'GET /api/v1/workspaces/:workspaceId/set-aside': inParty('/set-aside'),
  'POST /api/v1/workspaces/:workspaceId/restore': restoreSample,
  'POST /api/v1/invitations/preview': async (stage) => ({
    path: '/api/v1/invitations/preview',
    body: { token: (await invite(stage)).token },
  }),
  'POST /api/v1/invitations/accept': async (stage) => ({
    path: '/api/v1/invitations/accept',
    body: { token: (await invite(stage)).token },
  }),
}
