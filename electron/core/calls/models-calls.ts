import { statfs } from 'node:fs/promises'
import path from 'node:path'
import type { CallParsed } from '../../contract/calls.ts'
import type { ModelCard, ModelCheck, ModelsOverview } from '../../contract/models.ts'
import { AppError } from '../errors.ts'
import type { Handlers } from '../handlers.ts'
import { hasSystemCode } from '../import/system-error.ts'
import { usualVariant } from '../models/catalog.ts'
import { importModel } from '../models/from-disk/import-model.ts'
import { USUAL_PACE } from '../models/install/pace.ts'
import type { InstallRequest } from '../models/install/install-model.ts'
import { stagingFolder } from '../models/install/install-model.ts'
import type { InstallTools } from '../models/install/install-tools.ts'
import { readJournal } from '../models/install/journal.ts'
import { createInstalls } from '../models/install/installs.ts'
import type { Installs } from '../models/install/installs.ts'
import { withModel } from '../models/install/model-lock.ts'
import { planInstall } from '../models/install/plan.ts'
import { mirrorFrom } from '../models/mirror.ts'
import type { FoundModel } from '../models/models-folder.ts'
import type { ModelsView } from '../models/models-view.ts'
import { createModelsView } from '../models/models-view.ts'
import { missingFor } from '../models/overview.ts'
import { bytesIn, removeFolder, tidyModels } from '../models/remove-model.ts'
import { verifyModel } from '../models/verify.ts'
import { createOutgoing } from '../network/outgoing.ts'
import { keepSettings, settingsOf } from '../store/chosen-settings.ts'
import { deleteVectorsOf } from '../store/vector-covers.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'
import { everySoOften } from './every-so-often.ts'
import { untilClosed } from './until-closed.ts'

type ModelCall = 'overview' | 'plan' | 'install' | 'import' | 'cancel' | 'remove' | 'verify' | 'choose'
type ModelHandlers = Pick<Handlers, `models.${ModelCall}`>

/** How often everybody is told how an install goes on. */
const TELL_MS = 250

function noSuchModel(id: string, what = 'in the catalog'): AppError {
  return new AppError('USAGE', { message: `There is no model "${id}" ${what}.`, hint: 'scenedex models lists all that can be had, and those that are here.' })
}

/** Before the first import the folder is not there yet: then of where it will be. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (error) {
    if (!hasSystemCode(error, 'ENOENT') || path.dirname(folder) === folder) throw error
    return freeBytes(path.dirname(folder))
  }
}

function mirrorOf(context: AppContext): string | null {
  return mirrorFrom(settingsOf(readable(context).db).modelMirror, process.env['SCENEDEX_MODEL_MIRROR'])
}

/** What installing needs, of a library that is open for writing. */
function installTools(context: AppContext): InstallTools {
  const { library: { db, paths } } = writable(context)
  const { network, inference, clock, log } = context.tools
  const mirror = (): string | null => mirrorOf(context)
  const plainHosts = (): string[] => {
    const url = URL.parse(mirror() ?? '')
    return url?.protocol === 'http:' ? [url.host] : []
  }
  const outgoing = createOutgoing({ network, db, clock, isAllowed: () => settingsOf(db).networkAllowed, plainHosts })
  return { db, folder: paths.models, outgoing, inference, clock, log, freeBytes, pace: USUAL_PACE, mirror }
}

/** All that the calls work with, made at the first of them and kept as long as the app. */
interface Keeper { view: ModelsView, installs: Installs | null, tools: InstallTools | null, changed: () => Promise<void> }

function createKeeper(context: AppContext): Keeper {
  const { db, paths } = readable(context)
  const { catalog, clock, log } = context.tools
  const isWritable = context.opened.access === 'write'
  const tools = isWritable ? installTools(context) : null
  const keeper: Keeper = {
    view: createModelsView({ db, folder: paths.models, catalog, settings: () => settingsOf(db), clock, freeBytes, installing: () => keeper.installs?.states() ?? new Map() }),
    installs: null, tools,
    changed: async () => {
      tell.now()
      if (context.opened.access === 'write') await context.opened.engine.modelsChanged()
    },
  }
  const tell = everySoOften(TELL_MS, async () => { context.emit({ type: 'models-changed', models: await keeper.view.overview() }) }, (error) => { log.error('the models could not be looked at', error) })
  if (tools === null) return keeper
  const tidying = tidyModels(paths.models, { nowMs: clock.now(), log })
  const installs = createInstalls({ tools, onChange: tell.soon, onInstalled: keeper.changed })
  keeper.installs = installs
  context.onClose(async () => {
    await installs.close()
    await tell.close()
    await tidying
  })
  return keeper
}

/** Where no variants are named: those of the install that was begun, so that it goes on; else the usual one. */
async function installRequests(context: AppContext, found: Awaited<ReturnType<ModelsView['found']>>, { id, variants: named }: CallParsed<'models.install'>): Promise<InstallRequest[]> {
  const specs = missingFor({ catalog: context.tools.catalog, found }, id)
  const spec = specs.at(-1)
  if (spec?.id !== id) throw noSuchModel(id)
  const variants = named ?? (await readJournal(stagingFolder(readable(context).paths.models, id)))?.variants ?? null
  const unknown = variants?.find((name) => !spec.variants.some((variant) => variant.name === name))
  if (unknown !== undefined) throw new AppError('USAGE', { message: `${id} has no variant "${unknown}".`, hint: `There are: ${spec.variants.map(({ name }) => name).join(', ')}.` })
  return specs.map((one) => ({ spec: one, variants: one.id === id && variants !== null ? variants : [usualVariant(one).name] }))
}

async function cardOf({ view }: Keeper, id: string): Promise<ModelCard> {
  const card = (await view.overview()).models.find((model) => model.id === id)
  if (card === undefined) throw noSuchModel(id)
  return card
}

/** What was begun to be fetched of a model, in bytes, before it was thrown away. */
async function throwAway(id: string, { tools, installs }: { tools: InstallTools, installs: Installs }, signal: AbortSignal): Promise<number> {
  const bytes = await bytesIn(stagingFolder(tools.folder, id))
  await installs.cancel(id, { discard: true, signal })
  return bytes
}

async function deleteFiles(model: FoundModel | undefined, tools: InstallTools, signal: AbortSignal): Promise<number> {
  if (model === undefined) return 0
  const folder = model.kind === 'installed' ? model.model.folder : model.folder
  return withModel(model.id, tools, { work: () => removeFolder(folder, tools.inference), signal })
}

async function remove(keeper: Keeper, { id, vectors }: CallParsed<'models.remove'>, signal: AbortSignal): Promise<{ freedBytes: number, deletedVectors: number }> {
  const { tools, installs, view } = keeper
  if (tools === null || installs === null) throw new Error('a library that is only looked at has no installs')
  const begunBytes = await throwAway(id, { tools, installs }, signal)
  const model = (await view.found()).find((one) => one.id === id)
  const freedBytes = await deleteFiles(model, tools, signal)
  const deletedVectors = vectors ? deleteVectorsOf(tools.db, id) : 0
  if (model === undefined && begunBytes === 0 && deletedVectors === 0) throw noSuchModel(id, 'here')
  await keeper.changed()
  return { freedBytes: begunBytes + freedBytes, deletedVectors }
}

async function verify(models: readonly FoundModel[], tools: InstallTools, signal: AbortSignal): Promise<ModelCheck[]> {
  const checks = []
  for (const model of models) checks.push(await withModel(model.id, tools, { work: (held) => verifyModel(model, () => tools.clock.now(), held), signal }))
  return checks
}

async function choose(context: AppContext, { view, changed }: Keeper, { task, id }: CallParsed<'models.choose'>): Promise<ModelsOverview> {
  const { library } = writable(context)
  const model = (await view.found()).find((one) => one.id === id)
  if (id !== null && (model?.kind !== 'installed' || model.model.spec.task !== task)) throw noSuchModel(id, `for ${task} here`)
  library.keep(() => { keepSettings(library.db, { models: { ...settingsOf(library.db).models, [task]: id } }) })
  context.emit({ type: 'settings-changed', settings: settingsOf(library.db) })
  await changed()
  return view.overview()
}

/** Models that work beside the app: which there are, fetching them, taking them away. */
export function modelsCalls(context: AppContext): ModelHandlers {
  const whileOpen = untilClosed(context)
  let made: Keeper | null = null
  const keeper = (): Keeper => made ??= createKeeper(context)
  const working = (): Keeper & { installs: Installs, tools: InstallTools } => {
    writable(context)
    const { installs, tools, ...rest } = keeper()
    if (installs === null || tools === null) throw new Error('a library that is only looked at has no installs')
    return { installs, tools, ...rest }
  }
  return {
    'models.overview': async () => keeper().view.overview(),
    'models.plan': async (input) => {
      const { view } = keeper()
      const folder = readable(context).paths.models
      const requests = await installRequests(context, await view.found(), input)
      return planInstall(input.id, requests, { folder, mirror: mirrorOf(context), freeBytes: await freeBytes(folder) })
    },
    'models.install': async (input, { signal }) => {
      const { installs, view } = working()
      await installs.install(await installRequests(context, await view.found(), input), signal)
      return cardOf(keeper(), input.id)
    },
    'models.import': async ({ path }, { signal }) => {
      const { tools, changed } = working()
      const id = await whileOpen(signal, (open) => importModel(path, { ...tools, catalog: context.tools.catalog }, open))
      await changed()
      return cardOf(keeper(), id)
    },
    'models.cancel': async ({ id, discard }, { signal }) => {
      const { installs, view } = working()
      await installs.cancel(id, { discard, signal })
      return view.overview()
    },
    'models.remove': async (input, { signal }) => whileOpen(signal, (open) => remove(working(), input, open)),
    'models.verify': async ({ id }, { signal }) => {
      const { view, tools } = working()
      const models = (await view.found()).filter((model) => id === null || model.id === id)
      if (id !== null && models.length === 0) throw noSuchModel(id, 'here')
      return { models: await whileOpen(signal, (open) => verify(models, tools, open)) }
    },
    'models.choose': async (input) => choose(context, working(), input),
  }
}
