import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { ICruiseOptions, ICruiseResult } from 'dependency-cruiser'
import { cruise } from 'dependency-cruiser'
import { describe, expect, it } from 'vitest'
import config from '../../.dependency-cruiser.mjs'

const top = path.resolve(import.meta.dirname, '../..')
const fixtures = path.join(import.meta.dirname, 'fixtures')
const rules = config.forbidden ?? []

/** What is wrong in the tree of each rule. Everything else in that tree is allowed, often just so. */
const broken: Record<string, string[]> = {
  'no-cycles': ['electron/core/egg.ts -> electron/core/hen.ts'],
  'no-dead-files': ['electron/core/forgotten.ts -> electron/core/forgotten.ts'],
  'no-missing-modules': ['electron/hosts/cli/main.ts -> ./no-such-file.ts'],
  'core-knows-no-host': ['electron/core/server.ts -> http'],
  'core-gets-ports': ['electron/core/probe.ts -> native/ffmpeg/probe.ts'],
  'contract-imports-only-zod': ['electron/contract/calls.ts -> path'],
  'stages-stand-alone': ['electron/core/pipeline/stages/speech.ts -> electron/core/pipeline/stages/scan.ts'],
  'stages-write-nothing': ['electron/core/pipeline/stages/scan.ts -> electron/core/store/scenes.ts'],
  'renderer-sees-contract-and-client': ['renderer/main.tsx -> electron/core/app.ts'],
  'renderer-has-no-node': ['renderer/main.tsx -> fs'],
  'only-native-touches-binaries': ['electron/hosts/cli/main.ts -> child_process'],
  'one-way-out': ['native/whisper/fetch-model.ts -> https'],
  'native-serves-the-core': ['native/sqlite/open.ts -> electron/core/store/database.ts'],
  'only-desktop-names-electron': ['electron/hosts/cli/main.ts -> electron'],
  'rpc-carries-anything': ['electron/rpc/server.ts -> electron/core/app.ts'],
  'workers-know-no-host': ['electron/workers/search.ts -> electron/hosts/cli/output.ts'],
  'store-is-the-floor': ['electron/core/store/videos.ts -> electron/core/import/fingerprint.ts'],
  'search-reads-only-the-store': ['electron/core/search/retrieve.ts -> electron/core/pipeline/runner.ts'],
  'data-flows-one-way': ['electron/core/pipeline/runner.ts -> electron/core/search/fuse.ts'],
  'product-knows-no-test': ['electron/hosts/cli/main.ts -> e2e/fixtures.ts'],
}

/** The imports of a tree that break a rule, as "rule: from -> to". */
async function breaches(baseDir: string): Promise<string[]> {
  const { tsConfig: _, ...options } = config.options ?? {}
  const asked: ICruiseOptions = { ...options, baseDir, ruleSet: { forbidden: rules }, validate: true }
  const folders = ['electron', 'native', 'renderer', 'e2e'].filter((folder) => existsSync(path.join(baseDir, folder)))
  const { output } = await cruise(folders, asked)
  // A package that is installed is named by where it lies.
  const named = (to: string): string => to.replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, '$1')
  return violations(output).map(({ rule, from, to }) => `${rule.name}: ${from} -> ${named(to)}`).sort()
}

function violations(output: ICruiseResult | string): ICruiseResult['summary']['violations'] {
  if (typeof output === 'string') throw new Error('dependency-cruiser gave a text instead of its findings')
  return output.summary.violations
}

describe('import rules', () => {
  it('each have a tree that breaks them', () => {
    expect(rules.map(({ name }) => name).sort()).toEqual(Object.keys(broken).sort())
    expect(readdirSync(fixtures).sort()).toEqual(Object.keys(broken).sort())
  })

  it.each(rules.map(({ name, comment }) => ({ name, comment })))('$name says why', ({ comment }) => {
    expect(comment).toMatch(/^.{40,}\.$/)
  })

  it.each(Object.entries(broken))('%s is broken by its tree, and nothing else is', async (name, imports) => {
    expect(await breaches(path.join(fixtures, name))).toEqual(imports.map((line) => `${name}: ${line}`))
  })

  it('are all kept by the product', async () => {
    expect((await breaches(top)).join('\n')).toBe('')
  })
})
