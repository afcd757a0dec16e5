import { makeQuest } from './quest-samples.ts'
import type { Sample, SampleStage } from './sample.ts'

const list =
  (path: string): Sample =>
  ({ workspaceId }) => ({ path: `/api/v1/${path}?workspaceId=${workspaceId}` })

const create =
  (path: string, body: object): Sample =>
  ({ workspaceId }) => ({ path: `/api/v1/${path}`, body: { workspaceId, ...body } })

/** A request about a record that was made by another. */
const made =
  (path: string, make: (stage: SampleStage) => Promise<string>, body?: unknown, action = ''): Sample =>
  async (stage) => ({ path: `/api/v1/${path}/${await make(stage)}${action}`, body })

const makeIn = (path: string, body: object) => async (stage: SampleStage) =>
  String((await stage.asOwner('POST', `/api/v1/${path}`, { workspaceId: stage.workspaceId, ...body })).id)

const project = makeIn('projects', { name: 'Home' })
const tag = makeIn('tags', { name: 'deep' })
const category = makeIn('categories', { name: 'Craft' })
const section = async (stage: SampleStage) =>
  makeIn('sections', { projectId: await project(stage), name: 'Later' })(stage)
const template = async (stage: SampleStage) =>
  makeIn('templates', { questId: (await makeQuest(stage)).id, name: 'Slaying' })(stage)

async function twoQuests(stage: SampleStage) {
  const [from, to] = [await makeQuest(stage), await makeQuest(stage)]
  return { workspaceId: stage.workspaceId, kind: 'blocks', from: from.id, to: to.id }
}

const trashedProject = async (stage: SampleStage) => {
  const id = await project(stage)
  await stage.asOwner('DELETE', `/api/v1/projects/${id}`)
  return id
}

/** A request for each route about projects, sections, tags, categories, relations, templates and what was done. */
export const recordSamples: Readonly<Record<string, Sample>> = {
  'GET /api/v1/projects': list('projects'),
  'POST /api/v1/projects': create('projects', { name: 'Home', color: '#aabbcc' }),
  'GET /api/v1/projects/:id': made('projects', project),
  'PATCH /api/v1/projects/:id': made('projects', project, { name: 'House', archived: true, after: null }),
  'DELETE /api/v1/projects/:id': made('projects', project),
  'POST /api/v1/projects/:id/restore': made('projects', trashedProject, undefined, '/restore'),

  'GET /api/v1/sections': list('sections'),
  'POST /api/v1/sections': async (stage) => ({
    path: '/api/v1/sections',
    body: { workspaceId: stage.workspaceId, projectId: await project(stage), name: 'Later' },
  }),
  'GET /api/v1/sections/:id': made('sections', section),
  'PATCH /api/v1/sections/:id': made('sections', section, { name: 'Soon' }),
  'DELETE /api/v1/sections/:id': made('sections', section),

  'GET /api/v1/tags': list('tags'),
  'POST /api/v1/tags': create('tags', { name: 'deep' }),
  'GET /api/v1/tags/:id': made('tags', tag),
  'PATCH /api/v1/tags/:id': made('tags', tag, { color: '#000000' }),
  'DELETE /api/v1/tags/:id': made('tags', tag),

  'GET /api/v1/categories': list('categories'),
  'POST /api/v1/categories': create('categories', { name: 'Craft' }),
  'GET /api/v1/categories/:id': made('categories', category),
  'PATCH /api/v1/categories/:id': made('categories', category, { name: 'Art', after: null }),
  'DELETE /api/v1/categories/:id': made('categories', category),

  'GET /api/v1/relations': list('relations'),
  'POST /api/v1/relations': async (stage) => ({ path: '/api/v1/relations', body: await twoQuests(stage) }),
  'DELETE /api/v1/relations/:id': made('relations', async (stage) =>
    String((await stage.asOwner('POST', '/api/v1/relations', await twoQuests(stage))).id),
  ),

  'GET /api/v1/templates': list('templates'),
  'POST /api/v1/templates': async (stage) => ({
    path: '/api/v1/templates',
    body: { workspaceId: stage.workspaceId, questId: (await makeQuest(stage)).id, name: 'Slaying' },
  }),
  'GET /api/v1/templates/:id': made('templates', template),
  'PATCH /api/v1/templates/:id': made('templates', template, { name: 'Taming' }),
  'DELETE /api/v1/templates/:id': made('templates', template),
  'POST /api/v1/templates/:id/instantiate': made('templates', template, { day: '2026-05-01' }, '/instantiate'),

  'GET /api/v1/completions': list('completions'),
  'GET /api/v1/activity': list('activity'),
}
