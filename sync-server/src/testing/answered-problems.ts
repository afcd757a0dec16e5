import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describedOperations } from '../http/testing/described-operations.ts'

const ANSWERED = 'answered.txt'
const DOCUMENT = 'openapi.json'

/** Leaves in a directory which problems a running server answered with, and its OpenAPI document. */
export async function noteAnsweredProblems(directory: string, url: string): Promise<void> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  const counted = metrics.matchAll(/^questlog_http_problems_total\{method="(\w+)",route="([^"]+)",code="([^"]+)"\}/gm)
  const lines = [...counted].map(
    ([, method, route, code]) => `${method === 'HEAD' ? 'GET' : method} ${route} ${code}\n`,
  )
  appendFileSync(join(directory, ANSWERED), lines.join(''))
  if (existsSync(join(directory, DOCUMENT))) return
  const document = await fetch(`${url}/api/v1/openapi.json`)
  if (document.ok) writeFileSync(join(directory, DOCUMENT), await document.text())
}

/**
 * What is wrong with the documented problems of the API, once every test ran: what is documented and no server answered
 * with, and what a server answered with though its route does not document it.
 */
export function problemsOutOfStep(directory: string): readonly string[] {
  const operations = describedOperations(JSON.parse(readFileSync(join(directory, DOCUMENT), 'utf8')))
  const documented = new Set(operations.flatMap(({ key, problems }) => problems.map((code) => `${key} ${code}`)))
  const answered = new Set(readFileSync(join(directory, ANSWERED), 'utf8').trimEnd().split('\n'))
  const routes = new Set(operations.map(({ key }) => key))
  const unproven = [...documented].filter((problem) => !answered.has(problem))
  const undocumented = [...answered].filter((problem) => routes.has(routeOf(problem)) && !documented.has(problem))
  return [
    ...unproven.map((problem) => `${problem}: documented, but no test is answered with it`),
    ...undocumented.map((problem) => `${problem}: answered, but not documented`),
  ].sort()
}

function routeOf(problem: string): string {
  return problem.slice(0, problem.lastIndexOf(' '))
}
