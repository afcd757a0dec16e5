import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import openapiTypes, { astToString } from 'openapi-typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')

let server: TestServer
let directory: string
beforeAll(async () => {
  server = await startTestServer()
  directory = mkdtempSync(join(tmpdir(), 'questlog-client-'))
  symlinkSync(join(REPOSITORY, 'node_modules'), join(directory, 'node_modules'))
})
afterAll(async () => {
  rmSync(directory, { recursive: true })
  await server.stop()
})

/** A program somebody else could write: it knows the address and the generated types only. */
const PROGRAM = `
import createClient from 'openapi-fetch'
import type { components, paths } from './questlog.ts'

export type Outcome = { names: string[]; made: components['schemas']['Workspace']; refusals: string[] }

export async function run(baseUrl: string): Promise<Outcome> {
  const client = createClient<paths>({ baseUrl })
  const registered = await client.POST('/api/v1/auth/register', {
    body: { email: 'script@example.org', password: 'correct horse', displayName: 'Script', client: 'native' },
  })
  if (registered.data === undefined) throw new Error(registered.error.title)
  const headers = { authorization: \`Bearer \${registered.data.accessToken}\` }
  const made = await client.POST('/api/v1/workspaces', {
    params: { header: { 'idempotency-key': 'first' } },
    headers,
    body: { name: 'Friends', kind: 'party' },
  })
  if (made.data === undefined) throw new Error(made.error.code)
  const listed = await client.GET('/api/v1/workspaces', { headers })
  if (listed.error !== undefined) throw new Error(listed.error.code)

  const refusals: string[] = []
  const nobody = await client.GET('/api/v1/workspaces')
  if (nobody.error !== undefined) refusals.push(refusalOf(nobody.error.code))
  const wrong = await client.POST('/api/v1/workspaces', { headers, body: { name: '', kind: 'party' } })
  if (wrong.error?.code === 'invalid-request') refusals.push(wrong.error.errors?.[0]?.path ?? '')
  // @ts-expect-error: a field the document does not know
  await client.POST('/api/v1/workspaces', { headers, body: { name: 'x', kind: 'party', colour: 'red' } })
  // @ts-expect-error: a path the document does not know
  await client.GET('/api/v1/nothing')
  return { names: listed.data.items.map((workspace) => workspace.name), made: made.data, refusals }
}

/** Knows every code the document lists for this route, by the type. */
function refusalOf(code: 'invalid-request' | 'signed-out' | 'rate-limited' | 'unavailable' | 'internal'): string {
  return code
}
`

test('a client generated from the document compiles in strict mode and works', async () => {
  const document = await (await server.get('/api/v1/openapi.json')).json()
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}')
  writeFileSync(join(directory, 'questlog.ts'), astToString(await openapiTypes(JSON.stringify(document))))
  writeFileSync(join(directory, 'program.ts'), PROGRAM)
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: 'es2024',
    module: 'nodenext',
    lib: ['es2024', 'dom'],
    types: [],
    rewriteRelativeImportExtensions: true,
    outDir: 'out',
  }
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  const compiler = join(REPOSITORY, 'node_modules/.bin/tsc')
  const compiled = await promisify(execFile)(compiler, ['-p', directory]).catch(({ stdout }) => ({ stdout }))
  expect(compiled.stdout).toBe('')

  const program = await import(pathToFileURL(join(directory, 'out/program.js')).href)
  expect(await program.run(server.url)).toMatchObject({
    names: ['Script', 'Friends'],
    made: { name: 'Friends', kind: 'party', role: 'owner' },
    refusals: ['signed-out', 'name'],
  })
})
