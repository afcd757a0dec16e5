import { monotonicFactory } from 'ulidx'

declare const brand: unique symbol
/** A string that cannot be taken for another: what an id of one kind is. */
export type Branded<Name extends string> = string & { readonly [brand]: Name }

export type QuestId = Branded<'QuestId'>
export type ProjectId = Branded<'ProjectId'>
export type SectionId = Branded<'SectionId'>
export type TagId = Branded<'TagId'>
export type CategoryId = Branded<'CategoryId'>
export type TemplateId = Branded<'TemplateId'>
/** `kind.from.to`: see `relationIdOf`. */
export type RelationId = Branded<'RelationId'>
export type StepId = Branded<'StepId'>
export type UserId = Branded<'UserId'>
export type WorkspaceId = Branded<'WorkspaceId'>

/** `questId:occurrence`, the key of one completion; the occurrence is a local date, or `once`. */
export type CompletionId = Branded<'CompletionId'>

/** Any of the ids above. */
export type RecordId = Branded<string>

const nextUlid = monotonicFactory()

/** A new ULID under the id type asked for; ids made in one process sort by creation. */
export function newId<Id extends RecordId>(): Id {
  return nextUlid() as Id
}

/** An id as a stored record gives it. Whether such a record exists is for the reader to find out. */
export function storedId<Id extends RecordId>(value: string): Id {
  return value as Id
}

/** Whether a string may be an id: letters, digits, `:` and `-`, so that it is safe inside a field path. */
export function isIdShaped(value: string): boolean {
  return /^[0-9A-Za-z][0-9A-Za-z:-]{0,99}$/.test(value)
}
