import { create } from 'zustand'
import type { SavedSearch, Searches } from '../../../electron/contract/searches.ts'
import { engine, onConnection } from '../../api.ts'
import { reportError } from '../../report-error.ts'

/** The searches that the person keeps, and the last ones they made. */
export const useKeptSearches = create<Searches>(() => ({ saved: [], recent: [] }))

function show(searches: Searches): void {
  useKeptSearches.setState(searches)
}

/** Remembers that a query was of use: something it found was opened, or Enter was pressed. */
export function noteUsed(query: string): void {
  if (query.trim() !== '') engine.call('searches.used', { query: query.trim() }).then(show, reportError)
}

export function saveSearch(name: string, query: string): void {
  engine.call('searches.save', { name, query }).then(show, reportError)
}

export function forgetSearch({ id }: SavedSearch): void {
  engine.call('searches.forget', { saved: id }).then(show, reportError)
}

export function forgetRecent(query: string): void {
  engine.call('searches.clearRecent', { query }).then(show, reportError)
}

export function clearRecent(): void {
  engine.call('searches.clearRecent', {}).then(show, reportError)
}

/** Reads them and follows their changes, also those of another window. Gives what ends it. */
export function followKeptSearches(): () => void {
  const ends = [
    engine.onEvent((event) => { if (event.type === 'searches-changed') show(event.searches) }),
    onConnection((connection) => { if (connection === 'connected') engine.call('searches.list', {}).then(show, reportError) }),
  ]
  return () => { for (const end of ends) end() }
}
