import type { Sample, SampleStage } from './sample.ts'

/** Makes a quest that everybody in the party can see, does something to it, and is about it. */
const quest =
  (action: string, body?: unknown, before?: string): Sample =>
  async (stage) => {
    const { id } = await makeQuest(stage)
    if (before === 'DELETE') await stage.asOwner('DELETE', `/api/v1/quests/${id}`)
    else if (before !== undefined) await stage.asOwner('POST', `/api/v1/quests/${id}/${before}`)
    return { path: `/api/v1/quests/${id}${action}`, body }
  }

/** The same about the quest's one step. */
const step =
  (body?: unknown): Sample =>
  async (stage) => {
    const { id } = await makeQuest(stage)
    await stage.asOwner('POST', `/api/v1/quests/${id}/steps`, { id: 'step', text: 'Sharpen the sword' })
    return { path: `/api/v1/quests/${id}/steps/step`, body }
  }

/** A quest of the stage that its guest may see. */
export async function makeQuest({ workspaceId, guestId, asOwner }: SampleStage): Promise<{ readonly id: string }> {
  const { id } = await asOwner('POST', '/api/v1/quests', {
    workspaceId,
    title: 'Slay the dragon',
    assignees: [guestId],
  })
  return { id: String(id) }
}

/** A request for each route about quests. */
export const questSamples: Readonly<Record<string, Sample>> = {
  'GET /api/v1/quests': ({ workspaceId }) => ({ path: `/api/v1/quests?workspaceId=${workspaceId}&text=dragon` }),
  'POST /api/v1/quests': ({ workspaceId }) => ({
    path: '/api/v1/quests',
    body: { workspaceId, title: 'Slay the dragon' },
  }),
  'GET /api/v1/quests/:questId': quest(''),
  'PUT /api/v1/quests/:questId': quest('', {
    title: 'Tame the dragon',
    due: { dt: '2026-05-01T12:00', tz: 'Asia/Tokyo' },
  }),
  'PATCH /api/v1/quests/:questId': quest('', { notes: 'It is afraid.', steps: [{ text: 'Feed it' }] }),
  'DELETE /api/v1/quests/:questId': quest(''),
  'POST /api/v1/quests/:questId/restore': quest('/restore', undefined, 'DELETE'),
  'POST /api/v1/quests/:questId/purge': quest('/purge', undefined, 'DELETE'),
  'POST /api/v1/quests/:questId/complete': quest('/complete', { timeZone: 'Europe/Berlin' }),
  'POST /api/v1/quests/:questId/reopen': quest('/reopen', undefined, 'complete'),
  'POST /api/v1/quests/:questId/steps': quest('/steps', { text: 'Sharpen the sword' }),
  'PATCH /api/v1/quests/:questId/steps/:stepId': step({ done: true }),
  'DELETE /api/v1/quests/:questId/steps/:stepId': step(),
  'POST /api/v1/quests/:questId/move': async (stage) => {
    const { id } = await makeQuest(stage)
    return { path: `/api/v1/quests/${id}/move`, body: { workspaceId: stage.workspaceId, projectId: null } }
  },
  'POST /api/v1/quests/bulk': async (stage) => {
    const { id } = await makeQuest(stage)
    const operations = [
      { op: 'patch', id, fields: { title: 'Tame the dragon' } },
      { op: 'complete', id },
    ]
    return { path: '/api/v1/quests/bulk', body: { workspaceId: stage.workspaceId, operations } }
  },
}
