import { describe, expect, it } from 'vitest'
import { VideoId } from '../../../electron/contract/ids.ts'
import type { Sort } from './arrange.ts'
import { createSorter, filtered } from './arrange.ts'
import { testCard } from './test-card.ts'

const titles = (cards: readonly { title: string }[]): string[] => cards.map(({ title }) => title)
const named = (title: string, id: number, given = {}) => testCard({ title, path: `/videos/${title}.mp4`, id: VideoId.parse(id), addedMs: id, ...given })
const all = { text: '', state: 'all', coverage: 'all' } as const

describe('the order of the library', () => {
  const cards = [named('take 10', 1, { duration: 5 }), named('Take 9', 2, { duration: null }), named('älter', 3, { duration: 90 })]
  const sorted = (sort: Sort): string[] => titles(createSorter()(cards, sort))

  it('counts numbers in titles, without regard to case and accents', () => {
    expect(sorted({ key: 'title', isAscending: true })).toEqual(['älter', 'Take 9', 'take 10'])
    expect(sorted({ key: 'title', isAscending: false })).toEqual(['take 10', 'Take 9', 'älter'])
  })

  it('has what is not known at its end, both ways', () => {
    expect(sorted({ key: 'duration', isAscending: true })).toEqual(['take 10', 'älter', 'Take 9'])
    expect(sorted({ key: 'duration', isAscending: false })).toEqual(['älter', 'take 10', 'Take 9'])
  })

  it('has what needs the person first when it is by state', () => {
    const states = [named('ready', 1), named('failed', 2, { state: 'failed' }), named('gone', 3, { state: 'missing' }), named('queued', 4, { state: 'queued' })]
    expect(titles(createSorter()(states, { key: 'state', isAscending: true }))).toEqual(['failed', 'gone', 'queued', 'ready'])
  })

  it('is the same after changes as sorted anew', () => {
    const sort: Sort = { key: 'size', isAscending: true }
    const many = Array.from({ length: 500 }, (_, at) => named(`video ${at}`, at + 1, { sizeBytes: (at * 7919) % 503 }))
    const sorter = createSorter()
    sorter(many, sort)
    const changed = many.slice(5).map((card) => card.id % 50 === 0 ? { ...card, sizeBytes: 1000 - card.sizeBytes } : card).concat(named('new', 900, { sizeBytes: 250 }))
    expect(sorter(changed, sort)).toEqual(createSorter()(changed, sort))
  })
})

describe('the filter of the library', () => {
  const cards = [
    named('Café Müller', 1), named('Harbour at dawn', 2, { state: 'failed' }),
    named('Dawn', 3, { path: '/drives/harbour/b.mp4', coverage: [{ stage: 'speech', state: 'running', progress: 0.2 }], state: 'processing' }),
  ]

  it('finds every word in title or path, without regard to case and accents', () => {
    expect(titles(filtered(cards, { ...all, text: 'cafe MULLER' }))).toEqual(['Café Müller'])
    expect(titles(filtered(cards, { ...all, text: 'dawn harbour' }))).toEqual(['Harbour at dawn', 'Dawn'])
    expect(filtered(cards, { ...all, text: 'dawn cafe' })).toEqual([])
  })

  it('keeps states and coverage apart', () => {
    expect(titles(filtered(cards, { ...all, state: 'failed' }))).toEqual(['Harbour at dawn'])
    expect(titles(filtered(cards, { ...all, state: 'working' }))).toEqual(['Dawn'])
    expect(titles(filtered(cards, { ...all, coverage: 'speech' }))).toEqual(['Dawn'])
    expect(titles(filtered(cards, { ...all, coverage: 'no-speech', state: 'ready' }))).toEqual(['Café Müller'])
  })

  it('gives the same list when there is nothing to filter by', () => {
    expect(filtered(cards, all)).toBe(cards)
  })
})
