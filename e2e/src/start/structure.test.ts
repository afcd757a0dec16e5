import { describe, expect, test } from 'vitest'
import { folderCircles, type Imports, layerBreaks } from '../../../scripts/structure.ts'

const importsOf = (files: { readonly [file: string]: readonly string[] }): Imports => new Map(Object.entries(files))

describe('folders', () => {
  test('that import each other are a circle, told by an import for each step', () => {
    const imports = importsOf({ 'a/x/one.ts': ['a/y/two.ts'], 'a/y/three.ts': ['a/x/four.ts'] })
    expect(folderCircles(imports)).toEqual(['a/x/one.ts imports a/y/two.ts; a/y/three.ts imports a/x/four.ts'])
  })

  test('make a circle by way of others too, and with the folder that they are in', () => {
    const wide = importsOf({ 'a/x/1.ts': ['a/y/2.ts'], 'a/y/2.ts': ['a/z/3.ts'], 'a/z/3.ts': ['a/x/4.ts'] })
    expect(folderCircles(wide)).toHaveLength(1)
    expect(folderCircles(importsOf({ 'a/x/1.ts': ['a/x/y/2.ts'], 'a/x/y/2.ts': ['a/x/3.ts'] }))).toHaveLength(1)
  })

  test('that stand one upon the other are none, nor are the files of one folder', () => {
    const imports = importsOf({
      'a/x/1.ts': ['a/x/2.ts', 'a/y/3.ts', 'a/z/4.ts'],
      'a/x/2.ts': ['a/x/1.ts'],
      'a/y/3.ts': ['a/z/4.ts'],
    })
    expect(folderCircles(imports)).toEqual([])
  })
})

describe('layers', () => {
  const layers = { root: 'a/src', layers: [['low'], ['left', 'right'], ['low/high', 'main.ts']] }

  test('may import what is below them and what stands beside them', () => {
    const imports = importsOf({
      'a/src/main.ts': ['a/src/left/one.ts', 'a/src/low/two.ts', 'b/src/three.ts'],
      'a/src/left/one.ts': ['a/src/right/deep/four.ts', 'a/src/low/two.ts'],
    })
    expect(layerBreaks(imports, layers)).toEqual([])
  })

  test('may not import upwards; the longest path says where a file stands', () => {
    const imports = importsOf({
      'a/src/low/two.ts': ['a/src/left/one.ts'],
      'a/src/left/one.ts': ['a/src/low/high/five.ts'],
    })
    expect(layerBreaks(imports, layers)).toEqual([
      'a/src/low/two.ts imports a/src/left/one.ts, which stands above it',
      'a/src/left/one.ts imports a/src/low/high/five.ts, which stands above it',
    ])
  })

  test('have a place for every file', () => {
    const imports = importsOf({ 'a/src/elsewhere/six.ts': [] })
    expect(layerBreaks(imports, layers)).toEqual(['a/src/elsewhere/six.ts stands in no layer of scripts/layers.ts'])
  })
})
