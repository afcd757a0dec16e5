import * as Y from 'yjs'

/**
 * Makes Yjs remember the name of each root. By itself it walks all roots of a document for every struct that starts
 * one, whenever it writes an update: a document of 100,000 notes would take minutes to encode.
 */

const names = new WeakMap<object, string>()

/** The name of a root type in its document, without a walk over the others; null for a type that is no root. */
export function rootName(type: object): string | null {
  if (!(type instanceof Y.AbstractType) || type._item !== null || type.doc === null) return null
  const known = names.get(type)
  if (known !== undefined) return known
  // Reached only for a document that was filled before this module was loaded.
  for (const [name, root] of type.doc.share) names.set(root, name)
  return names.get(type) ?? null
}

const { get } = Y.Doc.prototype
Object.assign(Y.Doc.prototype, {
  get(this: Y.Doc, ...asked: Parameters<typeof get>) {
    const root = get.apply(this, asked)
    names.set(root, asked[0])
    return root
  },
})

const { write } = Y.Item.prototype
Y.Item.prototype.write = function (encoder, offset) {
  const { parent } = this
  const isNamed = offset === 0 && this.origin === null && this.rightOrigin === null && parent !== null
  const name = isNamed ? rootName(parent) : null
  if (name === null) return write.call(this, encoder, offset)
  // In updates that were merged without a document, a parent is a name, so Yjs can write both.
  Object.assign(this, { parent: name })
  try {
    write.call(this, encoder, offset)
  } finally {
    this.parent = parent
  }
}
