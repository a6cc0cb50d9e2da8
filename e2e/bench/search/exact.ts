import { z } from 'zod'
import type { ReadDatabase } from '../../../electron/core/ports.ts'
import { fromBlob } from '../../../electron/core/store/vectors.ts'

/** The similarity of the tenth, by comparing every vector with all its numbers. */
export interface Exact { tenth: number, tenthOfFew: number }

const AT_A_TIME = 2000
const WANTED = 10
const Row = z.object({ scene_id: z.number(), data: z.instanceof(Uint8Array) })
const Last = z.object({ last: z.number().nullable() })

/** Both have the same length, a multiple of four. */
export function dot(a: Float32Array, b: Float32Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0]
  for (let at = 0; at < a.length; at += 4) {
    first += a[at]! * b[at]!
    second += a[at + 1]! * b[at + 1]!
    third += a[at + 2]! * b[at + 2]!
    fourth += a[at + 3]! * b[at + 3]!
  }
  return first + second + third + fourth
}

/** Keeps the best few; in order, the best first. */
export function keepBest(best: number[], value: number, most = WANTED): void {
  if (best.length === most && value <= best.at(-1)!) return
  const place = best.findIndex((known) => known < value)
  best.splice(place === -1 ? best.length : place, 0, value)
  if (best.length > most) best.pop()
}

/** The exact answers to questions, of all scenes and of only a few. Reads the vectors of all scenes once. */
export function exactAnswers(db: ReadDatabase, questions: readonly Float32Array[], few: ReadonlySet<number>): Exact[] {
  const all = questions.map((): number[] => [])
  const ofFew = questions.map((): number[] => [])
  const last = db.get('SELECT max(id) AS last FROM vector', Last)?.last ?? 0
  const compare = ({ scene_id: scene, data }: z.infer<typeof Row>): void => {
    const vector = fromBlob(data)
    for (const [at, question] of questions.entries()) {
      const similarity = dot(vector, question)
      keepBest(all[at]!, similarity)
      if (few.has(scene)) keepBest(ofFew[at]!, similarity)
    }
  }
  for (let from = 0; from <= last; from += AT_A_TIME) {
    db.all('SELECT scene_id, data FROM vector WHERE id > @from AND id <= @to', Row, { from, to: from + AT_A_TIME }).forEach(compare)
  }
  return questions.map((_, at) => ({ tenth: all[at]!.at(-1)!, tenthOfFew: ofFew[at]!.at(-1) ?? -1 }))
}

// Sums of 768 products come out a little different in another order.
const ROUNDING = 1e-5

/** The share of the ten that belong there: that are as near as the true tenth. */
export function recall(found: readonly { similarity: number }[], tenth: number): number {
  return found.filter(({ similarity }) => similarity >= tenth - ROUNDING).length / WANTED
}
