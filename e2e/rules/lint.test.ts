import path from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import config from '../../eslint.config.mjs'

const top = path.resolve(import.meta.dirname, '../..')
// The text is ours, the place is that of a product file: which rules hold depends on the place.
const place = path.join(top, 'native/setup/tools.ts')

const lines = (count: number, text: string): string => Array.from({ length: count }, () => text).join('\n')
const ifs = (count: number): string => lines(count, '  if (n > 1) n = 0')

const broken: Record<string, string> = {
  'max-lines': lines(251, 'await Promise.resolve()'),
  'max-lines-per-function': `export function long(): void {\n${lines(50, '  process.exitCode = 1')}\n}`,
  'max-params': 'export function many(a: number, b: number, c: number, d: number): number { return a + b + c + d }',
  'max-depth': 'export function deep(n: number): void { if (n > 1) { if (n > 2) { if (n > 3) { if (n > 4) process.exitCode = n } } } }',
  'complexity': `export function branchy(n: number): number {\n${ifs(10)}\n  return n\n}`,
  'no-restricted-syntax (enum)': 'export enum Colour { red }',
  'no-restricted-syntax (default export)': 'export default 1',
  'no-restricted-syntax (double cast)': 'export const n = (process.argv as unknown) as Set<string>',
  'no-restricted-globals': "export const answer = await fetch('https://example.com')",
  'no-restricted-globals (by another name)': "export const answer = await globalThis.fetch('https://example.com')",
  '@typescript-eslint/no-explicit-any': 'export const n = (a: any): string => typeof a',
  '@typescript-eslint/no-floating-promises': 'Promise.resolve()',
  '@typescript-eslint/switch-exhaustiveness-check': "export function f(x: 'a' | 'b'): void { switch (x) { case 'a': process.exitCode = 1 } }",
}

const allowed: Record<string, string> = {
  'max-lines': `${lines(250, 'await Promise.resolve()')}\n${lines(50, '// why')}`,
  'max-lines-per-function': `export function long(): void {\n${lines(48, '  process.exitCode = 1')}\n${lines(20, '\n  // why')}\n}`,
  'complexity': `export function branchy(n: number): number {\n${ifs(9)}\n  return n\n}`,
}

async function brokenRules(code: string): Promise<(string | null)[]> {
  const results = await new ESLint({ cwd: top }).lintText(`${code}\n`, { filePath: place })
  return [...new Set(results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)))]
}

describe('lint rules', () => {
  it.each(Object.entries(broken))('%s', async (name, code) => {
    expect(await brokenRules(code)).toEqual([name.split(' ')[0]])
  })

  it.each(Object.entries(allowed))('%s leaves alone what is just small enough', async (_, code) => {
    expect(await brokenRules(code)).toEqual([])
  })

  it('cannot be switched off where they are broken', async () => {
    expect(await brokenRules('/* eslint-disable */\nPromise.resolve() // eslint-disable-line')).toContain('@typescript-eslint/no-floating-promises')
  })

  it.each(['electron/core/utils/x.js', 'electron/core/string-helpers.js', 'renderer/job-manager.js', 'electron/core/index.js'])('%s is no name', async (file) => {
    expect(await vagueNames(file)).toBe(1)
  })

  it.each(['electron/core/store/videos.js', 'native/ffmpeg/locate.js', 'renderer/managed.js'])('%s is a name', async (file) => {
    expect(await vagueNames(file)).toBe(0)
  })
})

async function vagueNames(file: string): Promise<number> {
  const plugins = config.flatMap((part) => part.plugins?.['scenedex'] ?? [])[0]
  const eslint = new ESLint({
    cwd: top,
    overrideConfigFile: true,
    overrideConfig: { plugins: { scenedex: plugins ?? {} }, rules: { 'scenedex/plain-names': 'error' } },
  })
  const results = await eslint.lintText('export const n = 1\n', { filePath: path.join(top, file) })
  return results.flatMap(({ messages }) => messages).length
}
