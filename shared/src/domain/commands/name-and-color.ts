import { checkGiven } from '../fields/field.ts'
import { tagFields } from '../groups/group-fields.ts'
import type { FieldValue, Patch } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { CommandError } from './command-error.ts'

/** What a person calls a project, section, tag, category or template, and how it is coloured. */
export interface NameAndColor {
  readonly name?: string
  readonly color?: string | null
}

/** The fields that differ from those now, checked and cleaned. */
export function checkNameAndColor(
  fields: NameAndColor,
  now: { readonly name: string; readonly color: string | null },
): Result<Patch, CommandError> {
  const patch: { [path: string]: FieldValue } = {}
  if (fields.name !== undefined) {
    const name = checkGiven(tagFields.name, fields.name)
    if (!name.ok) return err({ code: 'invalid-field', field: 'name', reason: name.error })
    if (name.value !== now.name) patch.name = name.value
  }
  if (fields.color !== undefined) {
    const color = checkGiven(tagFields.color, fields.color)
    if (!color.ok) return err({ code: 'invalid-field', field: 'color', reason: color.error })
    if (color.value !== now.color) patch.color = color.value
  }
  return ok(patch)
}

/** The name and colour of something new: what is null is not written. */
export function checkNewNameAndColor(fields: NameAndColor & { readonly name: string }): Result<Patch, CommandError> {
  return checkNameAndColor(fields, { name: '', color: null })
}
