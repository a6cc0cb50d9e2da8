import type { InstallPlan, ModelCard, ModelCheck, ModelsOverview } from '../../../contract/models.ts'
import { columns, percentText, printable, sizeText } from './text.ts'

const MARKED = '*'

const units = { pictures: 'pictures a second', text: 'texts a second', speech: 'x realtime', voice: 'x realtime' } satisfies Record<ModelCard['task'], string>

function sizeOf({ state, downloadBytes }: ModelCard): string {
  switch (state.kind) {
    case 'installed': case 'broken': return sizeText(state.bytes)
    case 'not-installed': case 'installing': case 'partial': return downloadBytes === 0 ? '' : sizeText(downloadBytes)
  }
}

function stateOf({ state, vectors }: ModelCard): string {
  switch (state.kind) {
    case 'installed': return `installed (${state.variant})`
    case 'broken': return 'broken'
    case 'partial': return `${percentText(state.totalBytes > 0 ? state.doneBytes / state.totalBytes : 0)} is here`
    case 'installing': return `installing, ${percentText(state.totalBytes > 0 ? state.doneBytes / state.totalBytes : 0)}`
    case 'not-installed': return vectors > 0 ? `gone, ${String(vectors)} vectors left` : 'not installed'
  }
}

/** All models, the one that works for its task marked, and what is missing. */
export function modelsText({ models, tasks, networkAllowed }: ModelsOverview): string {
  const rows = models.map((card) => [card.isChosen ? MARKED : '', printable(card.id), card.task, card.tier ?? '', sizeOf(card), stateOf(card), printable(card.title)])
  const missing = tasks.filter(({ state }) => state !== 'installed').map(({ task, adds, offer }) => {
    return `No model for ${task}. ${adds}${offer === null ? '' : ` To add one (${sizeText(offer.bytes)}): scenedex models install ${offer.id}`}`
  })
  return [
    columns([['', 'ID', 'TASK', 'TIER', 'SIZE', 'STATE', 'TITLE'], ...rows]), `${MARKED} works for its task`,
    ...missing, ...networkAllowed ? [] : ['The network is switched off in the settings: "scenedex models import PATH" works without it.'],
  ].join('\n')
}

/** What an install would do. */
export function planText(plan: InstallPlan): string {
  const others = plan.otherHosts.length === 0 ? '' : ` (${plan.otherHosts.map(printable).join(', ')} where that does not have it)`
  const host = plan.hosts.length === 0 ? '' : ` from ${plan.hosts.map(printable).join(', ')}${others}`
  const here = plan.toFetchBytes === plan.totalBytes ? '' : ` The rest of ${sizeText(plan.totalBytes)} is here.`
  return [
    ...plan.models.map(({ id, title, licence, bytes }) => `${printable(id)}  ${printable(title)}, ${sizeText(bytes)}, licence ${printable(licence)}`),
    plan.toFetchBytes === 0 ? 'All of it is here. What turns out to be damaged is fetched again.' : `To fetch: ${sizeText(plan.toFetchBytes)}${host}.${here} Free: ${sizeText(plan.freeBytes)}.`,
  ].join('\n')
}

/** A model that works now, and how fast it is here. */
export function readyText({ id, task, title, state }: ModelCard): string {
  const fastest = state.kind !== 'installed' ? null : state.measures.find(({ variant, itemsPerSecond }) => variant === state.variant && itemsPerSecond !== null)
  const speed = fastest?.itemsPerSecond == null ? '' : ` ${fastest.itemsPerSecond.toFixed(1)} ${units[task]} with ${fastest.variant} on ${fastest.provider}.`
  return `${printable(title)} (${printable(id)}) is ready.${speed}\nVideos are worked through with it at the next import, or now: scenedex jobs resume`
}

/** What comparing files with their hashes showed, the damaged ones one by one. */
export function checksText(checks: readonly ModelCheck[]): string {
  if (checks.length === 0) return 'No model is installed.'
  return checks.map(({ id, isWhole, isCompared, files }) => {
    const wrong = files.filter(({ state }) => state !== 'whole').map(({ path, state }) => `\n  ${state.padEnd(8)} ${printable(path)}`)
    return `${isWhole ? 'whole  ' : 'DAMAGED'}  ${printable(id)}, ${String(files.length)} ${files.length === 1 ? 'file' : 'files'}${isWhole && !isCompared ? ', nothing to compare with' : ''}${wrong.join('')}`
  }).join('\n')
}
