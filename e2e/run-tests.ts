// What `npm test` runs once set-up is done: the checks, the build, the tests, the stories. A step that fails does
// not stop the others, so that one run tells everything. The last line is the count: `N passed, N failed, N skipped`.
import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import type { TestCase, TestModule, Vitest } from 'vitest/node'
import { createVitest } from 'vitest/node'
import { npm, run, seconds } from '../native/setup/step.mjs'

interface Outcome { name: string, state: 'passed' | 'failed' | 'skipped', why: string }

/** A test that spins cannot be stopped from within; the run says so and ends. Calm machines need a third of it: being busy is no failure. */
const LIMIT_MINUTES = 30

const started = performance.now()

/** npm scripts that pass or fail as a whole; each counts as one test. */
const CHECKS = ['types', 'lint', 'imports', 'unused']

async function script(name: string): Promise<Outcome> {
  const begin = performance.now()
  const [program, args, { shell }] = npm(['run', '--silent', name])
  const { code, output } = await run(program, args, { shell, env: { NO_COLOR: '1', FORCE_COLOR: '0' } })
  process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'}  npm run ${name} ... ${seconds(begin)}\n`)
  if (code !== 0) process.stdout.write(`\n${output.trim()}\n\n`)
  return { name: `npm run ${name}`, state: code === 0 ? 'passed' : 'failed', why: output.trim() }
}

function firstLines(text: string): string {
  return text.split('\n').slice(0, 6).join('\n      ')
}

function testOutcome(test: TestCase): Outcome {
  const name = `${test.module.relativeModuleId} > ${test.fullName}`
  const result = test.result()
  switch (result.state) {
    case 'passed': return { name, state: 'passed', why: '' }
    case 'failed': return { name, state: 'failed', why: result.errors.map(({ message }) => message).join('\n') }
    // A suite that is skipped as a whole says why in its own name.
    case 'skipped': return { name, state: 'skipped', why: result.note ?? '' }
    case 'pending': return { name, state: 'failed', why: 'It never ended.' }
  }
}

/** A file whose tests could not even be collected, or that failed around them, counts as one failed test. */
function moduleOutcomes(module: TestModule): Outcome[] {
  const around = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())]
  const stuck = module.children.size === 0 && (module.state() === 'queued' || module.state() === 'pending')
  return [
    ...[...module.children.allTests()].map(testOutcome),
    ...stuck ? [{ name: module.relativeModuleId, state: 'failed', why: 'It never ended.' } satisfies Outcome] : [],
    ...around.map(({ message }): Outcome => ({ name: module.relativeModuleId, state: 'failed', why: message })),
  ]
}

function strayErrors(vitest: Vitest): Outcome[] {
  return vitest.state.getUnhandledErrors().map((error): Outcome => {
    const why = error instanceof Error ? error.message : JSON.stringify(error)
    return { name: 'an error outside of every test', state: 'failed', why }
  })
}

/** True when the work ended before the time of the whole run was up. */
async function endsInTime(work: Promise<unknown>): Promise<boolean> {
  const left = LIMIT_MINUTES * 60_000 - (performance.now() - started)
  return await Promise.race([work.then(() => true), setTimeout(Math.max(left, 1000), false, { ref: false })])
}

async function tests(project: string): Promise<Outcome[]> {
  process.stdout.write(`\ntests: ${project}\n`)
  try {
    const vitest = await createVitest({ project: [project], watch: false })
    const late: Outcome[] = []
    if (!await endsInTime(vitest.start())) {
      late.push({ name: `tests: ${project}`, state: 'failed', why: `The run was stopped after ${LIMIT_MINUTES} minutes.` })
    }
    const outcomes = [...vitest.state.getTestModules().flatMap(moduleOutcomes), ...strayErrors(vitest), ...late]
    await Promise.race([vitest.close(), setTimeout(10_000, null, { ref: false })])
    return outcomes
  } catch (error) {
    return [{ name: `tests: ${project}`, state: 'failed', why: error instanceof Error ? error.message : String(error) }]
  }
}

function list(title: string, outcomes: Outcome[]): void {
  if (outcomes.length === 0) return
  process.stdout.write(`\n${title}:\n`)
  for (const { name, why } of outcomes) process.stdout.write(`  - ${name}\n${why === '' ? '' : `      ${firstLines(why)}\n`}`)
}

const outcomes = [
  ...await Promise.all(CHECKS.map(script)),
  await script('build'),
  ...await tests('unit'),
  ...await tests('e2e'),
]
const those = (state: Outcome['state']): Outcome[] => outcomes.filter((outcome) => outcome.state === state)
list('Skipped', those('skipped'))
list('Failed', those('failed'))
process.stdout.write(`\ntests took ${seconds(started)}\n`)
process.stdout.write(`${those('passed').length} passed, ${those('failed').length} failed, ${those('skipped').length} skipped\n`)
// Not by falling off the end: a test that spins keeps its process, and so this one, alive.
process.exit(those('failed').length === 0 ? 0 : 1)
