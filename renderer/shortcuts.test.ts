// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { keyText } from './shortcuts.ts'

describe('keys', () => {
  it.each([
    ['A', 'A'], ['Ctrl+K', 'Ctrl+K'], ['ArrowLeft', '←'], ['Alt+Shift+ArrowRight', 'Alt+Shift+→'], ['Escape', 'Esc'], ['PageDown', 'Page Down'], ['F2', 'F2'], ['Home', 'Home'], ['?', '?'], ['Ctrl+,', 'Ctrl+,'],
  ])('%s reads %s', (keys, text) => { expect(keyText(keys)).toBe(text) })
})
