import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import type { InvalidReason } from '@questlog/shared/domain/fields/checked'
import { HttpProblem, type ProblemDetails } from '../http/http-problem.ts'

/** What a command was asked of, for telling what of the request is wrong. */
export interface CommandSubject {
  /** The record the request's address names; null where it makes one. */
  readonly id: string | null
  /** In front of the names of fields: `operations.3.`. */
  readonly prefix?: string
  readonly operation?: number
  /** Which field of the request names a record of a table, where it is not the usual one. */
  readonly fieldOf?: (table: string, id: string) => string | undefined
}

/** The refusal of a command as a problem. What the request names but is not there is its fault, not a 404. */
export function commandProblem(error: CommandError, subject: CommandSubject): HttpProblem {
  const { prefix = '', operation } = subject
  const details: ProblemDetails = operation === undefined ? {} : { operation }
  const invalid = (path: string, message: string) =>
    new HttpProblem('invalid-request', [{ path: prefix + path, message }], details)
  switch (error.code) {
    case 'not-found': {
      const isSubject = error.id === subject.id || error.table === 'steps' || error.table === 'relations'
      if (isSubject) return new HttpProblem('not-found', [], details)
      const field = subject.fieldOf?.(error.table, error.id) ?? FIELDS[error.table] ?? 'id'
      return invalid(field, 'names nothing in this workspace')
    }
    case 'invalid-field':
      return invalid(error.field, MESSAGES[error.reason])
    case 'cycle':
      return new HttpProblem('cycle', [], { ...details, cycle: [...error.path] })
    case 'already-exists':
    case 'trashed':
    case 'not-trashed':
    case 'already-done':
    case 'not-done':
      return new HttpProblem(error.code, [], details)
    case 'read-only':
      throw new Error('the server may always write')
  }
}

/** The usual field of a request that names a record of a table; `id` where there is none. */
const FIELDS: { readonly [Table in Extract<CommandError, { code: 'not-found' }>['table']]?: string } = {
  quests: 'parentId',
  projects: 'projectId',
  sections: 'sectionId',
  tags: 'tags',
  categories: 'categoryId',
  steps: 'steps',
  reminders: 'reminders',
  templates: 'templateId',
}

const MESSAGES: Readonly<Record<InvalidReason, string>> = {
  empty: 'must not be empty',
  'too-long': 'is too long',
  'control-characters': 'must not hold control characters',
  malformed: 'has the wrong form',
  'not-an-option': 'is none of the options',
  'not-an-integer': 'must be a whole number',
  'out-of-range': 'is out of range',
  'not-a-date': 'is not a date that exists',
  'unknown-zone': 'is in a time zone that is not known',
  'too-many': 'has too many entries',
}
