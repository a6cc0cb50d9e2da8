import type { Chunk, Stage, StageInput, StageTools } from '../stage.ts'

async function* run(input: StageInput, tools: StageTools, signal: AbortSignal): AsyncGenerator<Chunk> {
  const media = await tools.ffmpeg.probe(input.path, signal)
  yield { rows: [{ kind: 'facts', media }], replaces: null, position: 'probed', progress: 1 }
}

/** What the container says: streams, rotation, times, chapters. Refuses what can never become a video of the library. */
export const probe: Stage = { name: 'probe', version: 2, needs: [], resource: 'light', run }
