/** An element with attributes; inside of it a text, or other elements. What is null is left out. */
export interface Element { name: string, attributes: Record<string, string | number | null>, inside: string | (Element | null)[] }

export function element(name: string, attributes: Element['attributes'] = {}, inside: Element['inside'] = []): Element {
  return { name, attributes, inside }
}

/** An element with nothing but a text in it. */
export const text = (name: string, value: string | number | null): Element | null => value === null ? null : element(name, {}, String(value))

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' }

/** What XML 1.0 allows (2.2 Char), with what means something in it as entities. */
function escapeXml(value: string): string {
  return value.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, (mark) => /[\n\r\t]/.test(mark) ? mark : '').replace(/[&<>"'\n\r\t]/g, (mark) => ENTITIES[mark] ?? '')
}

function linesOf({ name, attributes, inside }: Element, indent: string): string[] {
  const said = Object.entries(attributes).flatMap(([key, value]) => value === null ? [] : [` ${key}="${escapeXml(String(value))}"`]).join('')
  if (typeof inside === 'string') return [`${indent}<${name}${said}>${escapeXml(inside)}</${name}>`]
  const children = inside.filter((child) => child !== null)
  if (children.length === 0) return [`${indent}<${name}${said}/>`]
  return [`${indent}<${name}${said}>`, ...children.flatMap((child) => linesOf(child, `${indent}  `)), `${indent}</${name}>`]
}

/** A whole document in UTF-8. */
export function xmlDocument(root: Element): string {
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<!DOCTYPE ${root.name}>`, ...linesOf(root, ''), ''].join('\n')
}
