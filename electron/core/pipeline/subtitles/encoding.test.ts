import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from './encoding.ts'

const LINES = {
  french: ['Où est passée la clé de la forêt ?', 'Le garçon a mangé toute la crème brûlée.', 'À bientôt, mon cœur — dit-elle.'],
  german: ['Über den Wolken muß die Freiheit grenzenlos sein.', 'Die Tür öffnet sich für alle schönen Gäste.', 'Das größte Glück der Erde'],
  japanese: ['今日はとても良い天気ですね。', '東京タワーの上から見た景色はきれいでした。', 'ありがとうございます、また明日。'],
  chinese: ['今天的天气非常好，我们去公园吧。', '火箭已经发射升空，一切正常。', '谢谢大家的观看。'],
  traditional: ['今天的天氣非常好，我們去公園吧。', '火箭已經發射升空，一切正常。', '謝謝大家的觀看。'],
  korean: ['오늘은 날씨가 아주 좋습니다.', '로켓이 하늘로 발사되었습니다.', '시청해 주셔서 감사합니다.'],
  russian: ['Сегодня очень хорошая погода, пойдём в парк.', 'Ракета успешно поднялась в небо.', 'Спасибо за внимание, до завтра.'],
  greek: ['Σήμερα ο καιρός είναι πολύ καλός.', 'Ο πύραυλος εκτοξεύθηκε με επιτυχία.', 'Ευχαριστώ που παρακολουθήσατε.'],
}

function srt(lines: string[]): string {
  return lines.map((line, index) => `${String(index + 1)}\r\n00:00:0${String(index)},000 --> 00:00:0${String(index + 1)},000\r\n${line}\r\n\r\n`).join('')
}

/** By iconv, so that no code of ours says what the bytes should be. */
function encoded(text: string, charset: string): Uint8Array {
  return execFileSync('iconv', ['-f', 'UTF-8', '-t', charset], { input: text })
}

describe('the text of a subtitle file', () => {
  it.each([
    ['french', 'UTF-8'], ['chinese', 'UTF-8'], ['french', 'UTF-16LE'], ['french', 'UTF-16BE'], ['french', 'UTF-16'],
    ['chinese', 'UTF-16LE'], ['japanese', 'UTF-16BE'], ['french', 'WINDOWS-1252'], ['german', 'ISO-8859-1'],
    ['japanese', 'SHIFT_JIS'], ['japanese', 'EUC-JP'], ['chinese', 'GBK'], ['traditional', 'BIG5'], ['korean', 'EUC-KR'],
    ['russian', 'KOI8-R'], ['russian', 'WINDOWS-1251'], ['russian', 'ISO-8859-5'], ['greek', 'WINDOWS-1253'],
  ] as const)('is read as it was written: %s in %s', (language, charset) => {
    const text = srt(LINES[language])
    expect(decodeText(encoded(text, charset)).text).toBe(text)
  })

  it.each([['UTF-8', [0xef, 0xbb, 0xbf]], ['UTF-16LE', [0xff, 0xfe]], ['UTF-16BE', [0xfe, 0xff]]] as const)('comes without the mark before it: %s', (charset, mark) => {
    const text = srt(LINES.japanese)
    expect(decodeText(Uint8Array.from([...mark, ...encoded(text, charset)])).text).toBe(text)
  })

  it('stays UTF-8 when a few bytes of it are bad', () => {
    const bytes = Buffer.from(srt(LINES.russian))
    bytes[40] = 0xff
    const { text, encoding } = decodeText(bytes)
    expect(encoding).toBe('utf-8')
    expect(text).toContain('Ракета успешно поднялась в небо.')
    expect(text).not.toContain('\uFFFD')
  })

  it('has no nulls or control characters in it', () => {
    expect(decodeText(Buffer.from('Some\0 words\u0007, then\r\nmore\tof them')).text).toBe('Some words, then\r\nmore\tof them')
  })

  it('is some text for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(decodeText(bytes).text).not.toMatch(/[^\P{Cc}\t\r\n]|\uFFFD/u)
    }), { numRuns: 300 })
  })
})
