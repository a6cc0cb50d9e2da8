import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { messages } from './messages.ts'

const spoken = new Set(['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label', 'hint', 'text'])

// Signs, digits and the names of keys are the same in every language.
const isWorded = (text: string): boolean => /\p{Letter}/u.test(text)

function literalText(node: ts.Node): string {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('')
  if (ts.isConditionalExpression(node)) return literalText(node.whenTrue) + literalText(node.whenFalse)
  if (ts.isParenthesizedExpression(node) || (ts.isJsxExpression(node) && node.expression !== undefined)) return literalText(node.expression ?? node)
  return ''
}

function textOf(node: ts.Node): string {
  if (ts.isJsxText(node)) return node.text.trim()
  if (ts.isJsxExpression(node) && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent))) return literalText(node)
  if (ts.isJsxAttribute(node) && node.initializer !== undefined && spoken.has(node.name.getText())) return literalText(node.initializer)
  return ''
}

/** Texts for people that stand in a component. */
function textsIn(source: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const text = textOf(node)
    if (isWorded(text)) found.push(text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('component.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return found
}

function sentencesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(sentencesOf)
  return []
}

/** The names of all texts, the innermost only. */
function namesOf(value: object): string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? namesOf(inner) : [name])
}

describe('texts for people', () => {
  it.each([
    ['<p>Hello</p>', ['Hello']], ['<p>{"Hello"}</p>', ['Hello']], ['<i aria-label="Close" />', ['Close']], ['<i title={`At ${x}`} />', ['At ']], ['<i>{a ? "On" : "Off"}</i>', ['OnOff']],
    ['<p>{text.hello} · 12 %</p>', []], ['<i className="wide" />', []],
  ])('are found in %s', (source, texts) => { expect(textsIn(source)).toEqual(texts) })

  it('stand in the message file and in no component', () => {
    const components = Object.entries(import.meta.glob<string>('./**/*.tsx', { query: '?raw', import: 'default', eager: true }))
    const offenders = components.flatMap(([file, source]) => textsIn(source).map((text) => `${file}: ${text}`))
    expect(components.length).toBeGreaterThan(20)
    expect(offenders).toEqual([])
  })

  it('are all said somewhere', () => {
    const sources = Object.entries(import.meta.glob<string>(['./**/*.ts', './**/*.tsx', '../electron/hosts/desktop/*.ts', '../electron/contract/*.ts'], { query: '?raw', import: 'default', eager: true }))
    const said = new Set(sources.filter(([file]) => !file.endsWith('/messages.ts')).flatMap(([, source]) => source.match(/[\w-]+/g) ?? []))
    expect(namesOf(messages).filter((name) => !/^\d|-/.test(name) && !said.has(name))).toEqual([])
  })

  it('shout at nobody, and have one kind of dots', () => {
    expect(sentencesOf(messages).filter((text) => text.includes('!') || text.includes('...'))).toEqual([])
  })
})
