import { foldText, isFoundIn, isSameName } from '@questlog/shared/domain/kernel/fold-text'
import type { Translate } from '../../i18n/translate.ts'
import type { Pick } from '../../ui/PickOption.tsx'

/** What a typed text may mean among tags; the key of each is the name of its tag. */
export interface TagPicks {
  /** Those whose whole name it is, accents and letter case aside. */
  readonly named: readonly Pick[]
  /** Those that have it in their name. */
  readonly found: readonly Pick[]
  /** A new tag of just this name, where there is none yet. */
  readonly created: readonly Pick[]
}

/** Finds the tags that a text means, which may begin with the sign of a tag. */
export function tagPicks(t: Translate, names: readonly string[], typed: string): TagPicks {
  const text = typed.trim().replace(/^@/, '')
  const known = names.filter((name) => isFoundIn(text, name)).map((name) => ({ key: name, label: `@${name}` }))
  const isNamed = ({ key }: Pick) => foldText(key) === foldText(text)
  const isNew = text !== '' && !names.some((name) => isSameName(name, text))
  return {
    named: known.filter(isNamed),
    found: known.filter((pick) => !isNamed(pick)),
    created: isNew ? [{ key: text, label: t('tag.create', { name: text }) }] : [],
  }
}
