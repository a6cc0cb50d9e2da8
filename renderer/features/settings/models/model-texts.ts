import type { ModelCard, ModelMeasure, ModelState } from '../../../../electron/contract/models.ts'
import { messages } from '../../../messages.ts'
import { bytesText, percentText, roughTimeText } from '../../../time-text.ts'

const text = messages.settings.models

type Installed = Extract<ModelState, { kind: 'installed' }>
type Installing = Extract<ModelState, { kind: 'installing' }>

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** Beyond so many, only their number is said. */
const NAMED_LANGUAGES = 4

/** The languages of a model by name: "English", "Many languages", "12 languages". */
export function languagesText(languages: readonly string[]): string {
  if (languages.includes('*')) return text.manyLanguages
  if (languages.every((code) => code === 'und')) return text.unknownLanguages
  return languages.length > NAMED_LANGUAGES ? text.languages(languages.length) : languages.map((code) => names.of(code) ?? code).join(', ')
}

const isProvider = (name: string): name is keyof typeof text.providers => Object.hasOwn(text.providers, name)

function countText(perSecond: number): string {
  return perSecond >= 100 ? Math.round(perSecond).toLocaleString('en') : perSecond.toFixed(perSecond >= 10 ? 0 : 1)
}

function fastestOf(measures: readonly ModelMeasure[], variant: string): ModelMeasure | undefined {
  const usable = measures.filter((measure) => measure.variant === variant && measure.itemsPerSecond !== null)
  return usable.sort((a, b) => (b.itemsPerSecond ?? 0) - (a.itemsPerSecond ?? 0))[0]
}

/** How fast a model ran here, the variant that is used first: "6.2 pictures a second (int8, processor); fp32 2.9". Null before it was measured. */
export function speedText(task: ModelCard['task'], { variant, measures }: Pick<Installed, 'variant' | 'measures'>): string | null {
  const used = fastestOf(measures, variant)
  if (used?.itemsPerSecond == null) return null
  const provider = isProvider(used.provider) ? text.providers[used.provider] : used.provider
  const others = [...new Set(measures.map((measure) => measure.variant))].filter((name) => name !== variant).flatMap((name) => {
    const fastest = fastestOf(measures, name)?.itemsPerSecond
    if (fastest != null) return [text.measuredOther(name, countText(fastest))]
    const why = measures.find((measure) => measure.variant === name)?.note ?? ''
    return why === '' ? [] : [text.notUsable(name, why)]
  })
  return [text.measured(text.speeds[task](countText(used.itemsPerSecond)), used.variant, provider), ...others].join('; ')
}

/** 0 to 1 of an install; null while nobody knows. */
export function shareOf({ doneBytes, totalBytes }: { doneBytes: number, totalBytes: number }): number | null {
  return totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : null
}

/** What an install is doing, how far it is and how long it takes still. */
export function installText(state: Installing): string {
  const { phase, doneBytes, totalBytes, bytesPerSecond, etaSeconds } = state
  if (phase !== 'fetching') return text.phases[phase]
  return [
    text.phases.fetching, percentText(shareOf(state) ?? 0), text.ofBytes(bytesText(doneBytes), bytesText(totalBytes)),
    ...bytesPerSecond === null ? [] : [text.perSecond(bytesText(bytesPerSecond))],
    ...etaSeconds === null ? [] : [text.left(roughTimeText(etaSeconds))],
  ].join(' · ')
}

/** The name of a licence, without what is said of it in brackets: that stands where one decides. */
const licenceText = ({ licence }: ModelCard): string[] => licence === '' ? [] : [text.licence(licence.split(' (')[0] ?? licence)]

/** What one may want to know of a model before it is installed. */
export function offerFacts(card: ModelCard): string[] {
  return [
    languagesText(card.languages), ...licenceText(card),
    ...card.downloadBytes > 0 ? [text.download(bytesText(card.downloadBytes))] : [],
    ...card.memoryBytes === null ? [] : [text.memory(bytesText(card.memoryBytes))],
  ]
}

/** What there is to know of one that is installed. */
export function installedFacts(card: ModelCard, state: Installed): string[] {
  return [
    languagesText(card.languages), ...licenceText(card), state.variants.join(' + '), text.onDisk(bytesText(state.bytes)),
    ...card.memoryBytes === null ? [] : [text.memory(bytesText(card.memoryBytes))],
    text.from[state.from], state.verifiedMs === null ? text.neverVerified : text.lastVerified(date.format(state.verifiedMs)),
  ]
}

/** "1,204 vectors". */
export function vectorsText(count: number): string {
  return text.vectors(count, count.toLocaleString('en'))
}
