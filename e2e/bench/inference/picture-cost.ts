import type { Subject } from './subject.ts'
import { inBatches } from './subject.ts'
import { quantile } from '../../eval/quantile.ts'
import { bareLoop } from './bare-loop.ts'
import type { Cost } from './costs.ts'
import { costOf, verdict } from './costs.ts'

/** What the product's path may cost, as a multiple of the bare loop. */
const BAR_CPU = 1.1
const PICTURES = 200

/** Pictures a second and processor seconds a picture, the product and the bare loop in turn. Gives whether the bar is met. */
export async function measurePictures({ model, embedder, files, print }: Subject, rounds: number): Promise<boolean> {
  const some = files.slice(0, PICTURES)
  const bare = await bareLoop(model)
  const contenders = [
    { name: 'product', costs: [] as Cost[], work: () => inBatches(embedder, some) },
    { name: 'bare loop', costs: [] as Cost[], work: () => bare.run(some) },
  ]
  for (const { work } of contenders) await work() // the first time fills caches
  for (let round = 0; round < rounds; round++) {
    for (const one of round % 2 === 0 ? contenders : contenders.toReversed()) one.costs.push(await costOf(one.work))
  }
  await bare.close()
  print(`\npictures: ${some.length} of Flickr8k, ${rounds} rounds in turn, medians`)
  const [product, plain] = contenders.map(({ name, costs }) => {
    const middle = (value: (cost: Cost) => number): number => quantile(costs.map(value), 0.5)
    const [wall, cpu] = [middle((cost) => cost.wall), middle((cost) => cost.cpu)]
    print(`  ${name.padEnd(10)} ${(some.length / wall).toFixed(1).padStart(6)} pictures/s   ${(1000 * cpu / some.length).toFixed(2).padStart(6)} ms of processor a picture`)
    return costs
  })
  const ratio = (value: (cost: Cost) => number): number => quantile(product!.map((cost, at) => value(cost) / value(plain![at]!)), 0.5)
  const cpu = ratio((cost) => cost.cpu)
  print(`  product / bare loop, median of the rounds: ${ratio((cost) => cost.wall).toFixed(3)} x by the clock, ${cpu.toFixed(3)} x processor`)
  print(`  bar: <= ${BAR_CPU} x the processor time of the bare loop: ${verdict(cpu <= BAR_CPU)}`)
  return cpu <= BAR_CPU
}
