import type { FieldTable, FieldValues, ValueType } from '../fields/field.ts'
import { LIMITS } from '../fields/limits.ts'
import { recordReader } from '../fields/read-record.ts'
import { id, instant, line } from '../fields/value-types.ts'
import type { ProjectId, TemplateId, UserId } from '../kernel/ids.ts'
import type { FieldValue, Patch } from '../kernel/record-write.ts'
import { type RelationKind, relationFields } from '../relations/relation-fields.ts'
import {
  elementsOf,
  isArray,
  isObject,
  readPlace,
  readTemplateQuest,
  storedTemplateQuest,
  type TemplateQuest,
} from './template-quest.ts'

/** A relation among the quests of a template, by their places in `quests`. */
export interface TemplateRelation {
  readonly kind: RelationKind
  readonly from: number
  readonly to: number
}

type TemplateQuests = readonly [TemplateQuest, ...TemplateQuest[]]

/** All of a template's quests, or none of them: relations and parents name them by place. */
const templateQuests: ValueType<'templateQuests', TemplateQuests> = {
  name: 'templateQuests',
  read: (stored) => readQuests(stored),
  store: (quests) => quests.map(storedTemplateQuest),
}

const templateRelations: ValueType<'templateRelations', readonly TemplateRelation[]> = {
  name: 'templateRelations',
  read: (stored) => elementsOf(stored).flatMap((each) => readRelation(each) ?? []),
  store: (relations) => relations.map((relation) => ({ ...relation })),
}

const noRelations: readonly TemplateRelation[] = []

export const templateFields = {
  name: { type: line(LIMITS.nameLength), default: '', isRequired: true },
  createdAt: { type: instant, default: 0 },
  createdBy: { type: id<UserId>('accounts'), default: null },
  /** Where new ones go unless another place is asked for. */
  projectId: { type: id<ProjectId>('projects'), default: null },
  /** The quest itself first, then its sub-quests, parents before their children. */
  quests: { type: templateQuests },
  relations: { type: templateRelations, default: noRelations },
} as const satisfies FieldTable

/** A quest with its sub-quests, steps, notes and relations, to be made again. */
export interface Template extends FieldValues<typeof templateFields> {
  readonly id: TemplateId
}

const read = recordReader<TemplateId, typeof templateFields>(templateFields)

/** Reads a template from its fields; undefined unless all its quests can be read. */
export function readTemplate(templateId: TemplateId, record: Patch): Template | undefined {
  const template = read(templateId, record)
  if (template === undefined) return undefined
  const { length } = template.quests
  return { ...template, relations: template.relations.filter(({ from, to }) => from < length && to < length) }
}

function readQuests(stored: FieldValue): TemplateQuests | undefined {
  const quests: TemplateQuest[] = []
  for (const each of isArray(stored) ? stored : []) {
    const quest = isObject(each) ? readTemplateQuest(each, quests.length) : null
    if (quest === null) return undefined
    quests.push(quest)
  }
  const [first, ...others] = quests
  return first === undefined ? undefined : [first, ...others]
}

function readRelation(stored: Patch): TemplateRelation | null {
  const kind = relationFields.kind.type.read(stored.kind ?? null)
  const from = readPlace(stored.from, Infinity)
  const to = readPlace(stored.to, Infinity)
  return kind === undefined || from === null || to === null || from === to ? null : { kind, from, to }
}
