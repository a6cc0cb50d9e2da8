import type { SceneId, VideoId } from '../../contract/ids.ts'
import type { SqlParams } from '../ports.ts'
import { LANGUAGES_SPOKEN } from './speech.ts'

/** What a scene is to be like, to be asked of the tables `scene` and `video`. */
export type SceneCondition =
  /** An expression of FTS5: https://sqlite.org/fts5.html#full_text_query_syntax */
  | { kind: 'words', match: string }
  | { kind: 'scenes', ids: SceneId[] }
  | { kind: 'videos', ids: VideoId[] }
  /** BCP 47; "en" is also "en-GB". */
  | { kind: 'language', tag: string }
  /** The beginning of an ISO 8601 date. */
  | { kind: 'recorded', side: 'before' | 'after', date: string }
  /** Seconds. */
  | { kind: 'duration', from: number, to: number }
  | { kind: 'colour', names: string[] }
  /** A tag, or a word of one. */
  | { kind: 'tag', label: string }
  | { kind: 'brightness' | 'motion', from: number, to: number }
  | { kind: 'all' | 'any', parts: SceneCondition[] }
  | { kind: 'not', part: SceneCondition }

type Leaf = Exclude<SceneCondition, { kind: 'all' | 'any' | 'not' }>
type Measure = Extract<SceneCondition, { kind: 'recorded' | 'duration' | 'colour' | 'brightness' | 'motion' }>

/** SQL for a place where `scene` and `video` are joined. */
export interface Fragment { sql: string, params: SqlParams }

// The time base of the picture stream, out of the facts of the video.
const SECONDS_PER_PTS = `(json_extract(video.facts, '$.picture.timeBase.num') * 1.0 / json_extract(video.facts, '$.picture.timeBase.den'))`
const START_PTS = `json_extract(video.facts, '$.picture.startPts')`
// The largest number that JSON and SQLite both know stands for no end.
const NO_END = Number.MAX_VALUE

class Builder {
  readonly params: SqlParams = {}
  private count = 0

  private name(value: string | number): string {
    const name = `c${this.count++}`
    this.params[name] = value
    return `@${name}`
  }

  private between(value: string, { from, to }: { from: number, to: number }): string {
    return `${value} BETWEEN ${this.name(from)} AND ${this.name(Math.min(to, NO_END))}`
  }

  private oneOf(column: string, values: readonly (string | number)[]): string {
    return `${column} IN (SELECT value FROM json_each(${this.name(JSON.stringify(values))}))`
  }

  private language(tag: string): string {
    const same = `(SELECT one.language AS language FROM (${LANGUAGES_SPOKEN}) AS one WHERE lower(one.language) || '-' LIKE ${this.name(`${tag}-%`)})`
    // A video without the language is passed over by one look into an index. What is said in a scene is among the last that has begun by its end: in
    // the order of time each scene would be looked for from the beginning of its video. The sign keeps the index of languages out of that.
    return `(EXISTS (SELECT 1 FROM ${same} AS wanted CROSS JOIN segment ON segment.language = wanted.language AND segment.video_id = video.id)
      AND (SELECT 1 FROM segment WHERE segment.video_id = scene.video_id AND +segment.language IN ${same}
        AND segment.start_seconds < (scene.end_pts - ${START_PTS}) * ${SECONDS_PER_PTS}
        AND segment.end_seconds > (scene.start_pts - ${START_PTS}) * ${SECONDS_PER_PTS} ORDER BY segment.start_seconds DESC LIMIT 1) IS NOT NULL)`
  }

  private tag(label: string): string {
    return `EXISTS (SELECT 1 FROM scene_tag WHERE scene_tag.scene_id = scene.id AND instr(' ' || scene_tag.label || ' ', ' ' || ${this.name(label)} || ' ') > 0)`
  }

  /** Never NULL: what is not known is not so, and its opposite is. */
  sql(condition: SceneCondition): string {
    switch (condition.kind) {
      case 'all': return this.list(condition.parts, ' AND ', '1')
      case 'any': return this.list(condition.parts, ' OR ', '0')
      case 'not': return `NOT (${this.sql(condition.part)})`
      default: return this.leaf(condition)
    }
  }

  private leaf(condition: Leaf): string {
    switch (condition.kind) {
      case 'words': return `scene.id IN (SELECT rowid FROM scene_words WHERE scene_words MATCH ${this.name(condition.match)})`
      case 'scenes': return this.oneOf('scene.id', condition.ids)
      case 'videos': return this.oneOf('scene.video_id', condition.ids)
      case 'language': return this.language(condition.tag)
      case 'tag': return this.tag(condition.label)
      default: return this.measure(condition)
    }
  }

  private measure(condition: Measure): string {
    switch (condition.kind) {
      case 'recorded': {
        const sign = condition.side === 'before' ? '<' : '>='
        return `coalesce(json_extract(video.facts, '$.recordedAt') ${sign} ${this.name(condition.date)}, 0)`
      }
      case 'duration': return this.between(`(scene.end_pts - scene.start_pts) * ${SECONDS_PER_PTS}`, condition)
      case 'colour': return `EXISTS (SELECT 1 FROM json_each(scene.colours) AS one WHERE ${this.oneOf(`json_extract(one.value, '$.name')`, condition.names)})`
      case 'brightness': case 'motion': return this.between(`scene.${condition.kind}`, condition)
    }
  }

  private list(parts: SceneCondition[], between: string, ofNone: string): string {
    return parts.length === 0 ? ofNone : `(${parts.map((part) => this.sql(part)).join(between)})`
  }
}

/** The condition as SQL with named parameters: no word of the person is ever part of the SQL itself. */
export function conditionSql(condition: SceneCondition): Fragment {
  const builder = new Builder()
  const sql = builder.sql(condition)
  return { sql, params: builder.params }
}
