import type { ModelsOverview, TaskOverview } from '../../../electron/contract/models.ts'
import type { StageName } from '../../../electron/contract/videos.ts'

type Task = TaskOverview['task']

/** A task that no model does, and the install that would change it, where one is under way. */
export interface MissingTask { task: Task, adds: string, offer: TaskOverview['offer'], installing: { title: string, share: number } | null }

/** The tasks of these that no model does, in this order. */
export function missingTasks(overview: ModelsOverview | null, wanted: readonly Task[]): MissingTask[] {
  return wanted.flatMap((task) => {
    const found = overview?.tasks.find((one) => one.task === task)
    if (overview === null || found === undefined || found.state === 'installed') return []
    const card = overview.models.find((model) => model.task === task && model.state.kind === 'installing')
    const installing = card?.state.kind === 'installing' && card.state.totalBytes > 0 ? { title: card.title, share: card.state.doneBytes / card.state.totalBytes } : null
    return [{ task, adds: found.adds, offer: found.offer, installing }]
  })
}

/** The task whose model a stage works with; null for stages that need none. */
export function taskOfStage(stage: StageName): Task | null {
  switch (stage) {
    case 'probe': case 'scan': case 'speech': return null
    case 'picture-vectors': case 'tags': return 'pictures'
    case 'transcription': return 'speech'
    case 'text-vectors': return 'text'
  }
}
