import type { Command } from 'commander'
import { TaskOverview } from '../../../contract/models.ts'
import type { ModelCard, ModelsOverview } from '../../../contract/models.ts'
import { AppError } from '../../../core/errors.ts'
import type { AddCommand } from '../add-command.ts'
import { agreed } from '../ask.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { checksText, modelsText, planText, readyText } from '../output/model-tables.ts'
import { printable, sizeText } from '../output/text.ts'
import type { CommonOptions, Session } from '../session.ts'
import { withSession } from '../session.ts'

interface InstallOptions extends CommonOptions { variant?: string[], yes?: boolean }
interface RemoveOptions extends CommonOptions { vectors?: boolean, yes?: boolean }

const NOTHING_DONE = 'Nothing was done.'

// Which models can be had is asked before there is a library too.
async function list(options: CommonOptions): Promise<ExitCode> {
  return withSession(options, 'glance', async ({ client, signal, answer }) => {
    const overview = await client.call('models.overview', {}, signal)
    answer(overview, () => modelsText(overview))
    return exitCodes.done
  })
}

/** Installs, and on Ctrl-C stops so that the next install goes on from there. */
async function installed({ client, signal }: Session, input: { id: string, variants: string[] | null }): Promise<ModelCard> {
  try {
    return await client.call('models.install', input, signal)
  } catch (error) {
    if (signal.aborted) {
      await client.call('models.cancel', { id: input.id })
      throw new AppError('CANCELLED', { message: 'Stopped. What was fetched is kept.', hint: `It goes on with: scenedex models install ${input.id}` })
    }
    throw error
  }
}

async function install(id: string, options: InstallOptions): Promise<ExitCode> {
  const variants = options.variant ?? null
  return withSession(options, 'write', async (session) => {
    const { client, signal, answer } = session
    const plan = await client.call('models.plan', { id, variants }, signal)
    if (options.json !== true) process.stderr.write(`${planText(plan)}\n`)
    if (!plan.isEnoughRoom) throw new AppError('DISK_FULL', { message: 'There is not enough room for it on the drive of the library.', hint: 'Make room, or choose a smaller model: scenedex models' })
    const isAsked = options.yes !== true && plan.toFetchBytes > 0
    if (isAsked && !await agreed('Install?', { json: options.json === true, signal })) {
      process.stderr.write(`${NOTHING_DONE}\n`)
      return exitCodes.done
    }
    const card = await installed(session, { id, variants })
    answer(card, () => readyText(card))
    return exitCodes.done
  })
}

async function importFrom(path: string, options: CommonOptions): Promise<ExitCode> {
  return withSession(options, 'write', async ({ client, signal, answer }) => {
    const card = await client.call('models.import', { path }, signal)
    answer(card, () => readyText(card))
    return exitCodes.done
  })
}

function bytesHere({ state }: ModelCard): number {
  switch (state.kind) {
    case 'installed': case 'broken': return state.bytes
    case 'partial': case 'installing': return state.doneBytes
    case 'not-installed': return 0
  }
}

function removalText({ models }: ModelsOverview, id: string, withVectors: boolean): string {
  const card = models.find((one) => one.id === id)
  const bytes = card === undefined ? 0 : bytesHere(card)
  const found = card === undefined || card.vectors === 0 ? '' : withVectors ? ` Also to delete: ${String(card.vectors)} vectors of your videos.` : ` Its ${String(card.vectors)} vectors of your videos stay.`
  return `${printable(card?.title ?? id)}: ${sizeText(bytes)} of files to delete.${found}`
}

async function remove(id: string, options: RemoveOptions): Promise<ExitCode> {
  const vectors = options.vectors === true
  return withSession(options, 'write', async ({ client, signal, answer }) => {
    const overview = await client.call('models.overview', {}, signal)
    if (options.json !== true) process.stderr.write(`${removalText(overview, id, vectors)}\n`)
    if (options.yes !== true && !await agreed('Remove?', { json: options.json === true, signal })) {
      process.stderr.write(`${NOTHING_DONE}\n`)
      return exitCodes.done
    }
    const removed = await client.call('models.remove', { id, vectors }, signal)
    answer(removed, () => `Removed: ${sizeText(removed.freedBytes)} freed${removed.deletedVectors === 0 ? '' : `, ${String(removed.deletedVectors)} vectors deleted`}.`)
    return exitCodes.done
  })
}

async function verify(id: string | undefined, options: CommonOptions): Promise<ExitCode> {
  return withSession(options, 'write', async ({ client, signal, answer }) => {
    const checked = await client.call('models.verify', { id: id ?? null }, signal)
    answer(checked, () => checksText(checked.models))
    return checked.models.every(({ isWhole }) => isWhole) ? exitCodes.done : exitCodes.failed
  })
}

async function use(taskText: string, id: string, options: CommonOptions): Promise<ExitCode> {
  const task = TaskOverview.shape.task.safeParse(taskText)
  if (!task.success) throw new AppError('USAGE', { message: `There is no task "${taskText}".`, hint: `It is one of: ${TaskOverview.shape.task.options.join(', ')}.` })
  return withSession(options, 'write', async ({ client, signal, answer }) => {
    const overview = await client.call('models.choose', { task: task.data, id: id === 'auto' ? null : id }, signal)
    answer(overview, () => {
      const chosen = overview.models.find((card) => card.task === task.data && card.isChosen)
      return chosen === undefined ? `No model works for ${task.data} yet.` : `${printable(chosen.title)} (${printable(chosen.id)}) works for ${task.data} from now on.`
    })
    return exitCodes.done
  })
}

function unknownAction(action: string): never {
  throw new AppError('USAGE', { message: `There is no models action "${action}".`, hint: 'It is one of: list, install, import, remove, verify, use.' })
}

export const modelsCommand: AddCommand = (parent: Command, finish) => {
  const models = parent.command('models')
    .description('Lists the models that can be had and those that are here; installs, checks, chooses and removes them.')
    .argument('[action...]', 'one of the commands below; list when left out')
    .addHelpText('after', `
Nothing is fetched before you said yes. Stopped with Ctrl-C or by a crash, an install goes on where it was.

Examples:
  scenedex models
  scenedex models install whisper-base
  scenedex models install bge-small-en-v1.5 --yes --json
  scenedex models import ~/Downloads/whisper-base.zip
  scenedex models use pictures auto
  scenedex models verify
  scenedex models remove whisper-tiny`)
    .action(async ([action]: string[], options: CommonOptions) => { finish(action === undefined ? await list(options) : unknownAction(action)) })
  models.command('list').description('all models, with their sizes and states')
    .action(async (_: object, command: Command) => { finish(await list(command.optsWithGlobals())) })
  models.command('install').description('fetches a model and those it needs, checks every byte and tries it out')
    .argument('<id>', 'as the list names it')
    .option('--variant <name...>', 'these precisions in the place of the usual one; of several, the fastest here is used')
    .option('--yes', 'without asking')
    .action(async (id: string, _: object, command: Command) => { finish(await install(id, command.optsWithGlobals())) })
  models.command('import').description('takes in a model from a folder, a zip or a tar on this machine; needs no network')
    .argument('<path>', 'the folder or archive')
    .action(async (path: string, _: object, command: Command) => { finish(await importFrom(path, command.optsWithGlobals())) })
  models.command('remove').description('deletes the files of a model; what it found in your videos stays, unless you say otherwise')
    .argument('<id>', 'as the list names it')
    .option('--vectors', 'also what it found')
    .option('--yes', 'without asking')
    .action(async (id: string, _: object, command: Command) => { finish(await remove(id, command.optsWithGlobals())) })
  models.command('verify').description('compares the files with their hashes; exit code 5 when one is damaged')
    .argument('[id]', 'only this model')
    .action(async (id: string | undefined, _: object, command: Command) => { finish(await verify(id, command.optsWithGlobals())) })
  models.command('use').description('says which model works for a task: pictures, speech or text')
    .argument('<task>', TaskOverview.shape.task.options.join(' | '))
    .argument('<id>', 'as the list names it, or "auto" for the best that is installed')
    .action(async (...given: [string, string, object, Command]) => { finish(await use(given[0], given[1], given[3].optsWithGlobals())) })
  return models
}
