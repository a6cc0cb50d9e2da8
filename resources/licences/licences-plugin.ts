import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { z } from 'zod'
import { WHISPER_VERSION } from '../../native/setup/whisper-place.mjs'

const LockedPackage = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const Lock = z.object({ packages: z.record(z.string(), LockedPackage) })
type Lock = z.infer<typeof Lock>

/** A package that is shipped, and the licence that it came with. */
export interface ShippedLicence { name: string, version: string, licence: string, text: string }

// The program around the app in an installed copy; nothing depends on it.
const shippedBesides = ['node_modules/electron']

/** What is shipped and is no package of npm's. An installed copy has whisper-cli wherever one could be built. */
const notFromNpm: readonly ShippedLicence[] = [
  { name: 'whisper.cpp', version: WHISPER_VERSION, licence: 'MIT', text: readFileSync(path.join(import.meta.dirname, 'whisper.cpp.txt'), 'utf8').trim() },
]

/** Where npm has put a dependency of a package: as near to it as possible. */
function placeOf(name: string, dependent: string, { packages }: Lock): string | undefined {
  const parts = dependent === '' ? [] : dependent.split('/node_modules/')
  const places = parts.map((_, at) => `${parts.slice(0, parts.length - at).join('/node_modules/')}/node_modules/${name}`)
  return [...places, `node_modules/${name}`].find((place) => place in packages)
}

/** Everything that the product needs at run time, with all that it needs in turn. */
function neededPlaces(lock: Lock): Set<string> {
  const found = new Set<string>(shippedBesides)
  const waiting = ['']
  for (let dependent = waiting.pop(); dependent !== undefined; dependent = waiting.pop()) {
    const { dependencies = {}, optionalDependencies = {} } = lock.packages[dependent] ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = placeOf(name, dependent, lock)
      if (place === undefined || found.has(place)) continue
      found.add(place)
      waiting.push(place)
    }
  }
  return found
}

/** The package that a bundled file belongs to; undefined for our own. */
export function placeOfFile(file: string): string | undefined {
  return /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'))?.[1]
}

function licenceText(folder: string): string {
  try {
    const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(name)).sort()
    return names.map((name) => readFileSync(path.join(folder, name), 'utf8').trim()).join('\n\n')
  } catch {
    // Made for another platform, so it is not installed here; its licence is still named.
    return ''
  }
}

/** The licences of all that is shipped: what the programs need, and what is bundled into the page. */
export function shippedLicences(root: string, bundled: Iterable<string>): ShippedLicence[] {
  const lock = Lock.parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')))
  const places = new Set([...neededPlaces(lock), ...[...bundled].map(placeOfFile).filter((place) => place !== undefined)])
  const licences = [...places].map((place): ShippedLicence => {
    const { version = '', license = '' } = lock.packages[place] ?? {}
    return { name: place.split('node_modules/').at(-1) ?? place, version, licence: license, text: licenceText(path.join(root, place)) }
  })
  const byName = new Map([...notFromNpm, ...licences].map((licence) => [`${licence.name}@${licence.version}`, licence]))
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'))
}

/** Writes licences.json beside the page. */
export function licencesOfWhatIsShipped(root: string): Plugin {
  return {
    name: 'scenedex-licences',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle(_, bundle) {
      const bundled = Object.values(bundle).flatMap((file) => file.type === 'chunk' ? file.moduleIds : [])
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: JSON.stringify(shippedLicences(root, bundled)) })
    },
  }
}
