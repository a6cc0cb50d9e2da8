import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { placeOfFile, shippedLicences } from './licences-plugin.ts'

const root = path.resolve(import.meta.dirname, '..', '..')

describe('the list of licences', () => {
  const licences = shippedLicences(root, [path.join(root, 'node_modules/react/index.js'), path.join(root, 'node_modules/@dnd-kit/core/dist/core.esm.js'), path.join(root, 'renderer/main.tsx')])
  const named = (name: string) => licences.find((licence) => licence.name === name)

  it('has what the programs need, what that needs in turn, and what is bundled into the page', () => {
    expect(['zod', 'better-sqlite3', 'onnxruntime-common', 'yauzl', 'tar', '@huggingface/tokenizers', 'react', '@dnd-kit/core', 'electron'].filter((name) => named(name) === undefined)).toEqual([])
  })

  it('has whisper.cpp, which is built from source and not a package', () => {
    expect(named('whisper.cpp')).toMatchObject({ version: '1.9.1', licence: 'MIT', text: expect.stringMatching(/Copyright \(c\) 2023-2026 The ggml authors[^]+Permission is hereby granted/) as string })
  })

  it('has nothing that is only used for building', () => {
    expect(['vitest', 'eslint', 'typescript', 'scenedex'].filter((name) => named(name) !== undefined)).toEqual([])
  })

  it('names a licence for every package, and brings the text of the great part', () => {
    expect(licences.filter(({ licence, version }) => licence === '' || version === '')).toEqual([])
    expect(named('react')?.text).toContain('Permission is hereby granted')
    expect(licences.filter(({ text }) => text !== '').length).toBeGreaterThan(licences.length / 2)
  })
})

describe('a bundled file', () => {
  it.each([
    ['/a/node_modules/react/index.js', 'node_modules/react'], ['/a/node_modules/@dnd-kit/core/dist/x.js', 'node_modules/@dnd-kit/core'],
    ['/a/node_modules/b/node_modules/@c/d/x.js', 'node_modules/b/node_modules/@c/d'], ['C:\\a\\node_modules\\react\\index.js', 'node_modules/react'], ['/a/renderer/main.tsx', undefined],
  ])('%s is of %s', (file, place) => { expect(placeOfFile(file)).toBe(place) })
})
