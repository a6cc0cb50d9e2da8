import { AudioLines, Image } from 'lucide-react'
import type { Coverage } from '../../../electron/contract/cards.ts'
import { messages } from '../../messages.ts'
import { percentText } from '../../time-text.ts'
import css from './video-card.module.css'
import type { Kind } from './video-state.ts'
import { coverageOf } from './video-state.ts'

const text = messages.library
const shown = [['speech', <AudioLines key="speech" aria-hidden="true" />], ['pictures', <Image key="pictures" aria-hidden="true" />]] as const

function sayCoverage(coverage: readonly Coverage[], kind: Kind): string {
  const share = coverageOf(coverage, kind)
  return share === null ? text.coverageNone(text.kinds[kind]) : text.coverageOf(text.kinds[kind], percentText(share))
}

/** How much of a video can be found by what is said and by what is seen. */
export function CoverageLine({ coverage }: { coverage: readonly Coverage[] }) {
  return (
    <span className={css.coverage}>
      {shown.map(([kind, icon]) => {
        const share = coverageOf(coverage, kind)
        return (
          <span key={kind} className={css.kind} data-kind={kind} data-share={share === null || share === 0 ? 'none' : 'some'} title={sayCoverage(coverage, kind)}>
            {icon}<span className={css.kindName}>{text.kinds[kind]}</span><span className={css.percent}>{share === null ? '–' : percentText(share)}</span>
          </span>
        )
      })}
    </span>
  )
}
