import type { ReactNode } from 'react'
import { useId } from 'react'
import type { ExportChoices } from '../../../../electron/contract/export-choices.ts'
import { usualExportChoices } from '../../../../electron/contract/export-choices.ts'
import type { TrayClip } from '../../../../electron/contract/tray.ts'
import { messages } from '../../../messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { CaptionChoices } from './caption-choices.tsx'
import { whyEncoded } from './choice-rules.ts'
import { choiceSummary } from './choice-summary.ts'
import { FramingChoices } from './framing-choices.tsx'
import css from './more-choices.module.css'
import { NameTemplate } from './name-template.tsx'
import { QualityChoices } from './quality-choices.tsx'
import { ReelChoices } from './reel-choices.tsx'
import { SoundChoices } from './sound-choices.tsx'
import { choose, plainReel } from './use-choices.ts'

const text = messages.export

function Section({ title, children }: { title: string, children: ReactNode }) {
  const id = useId()
  return <section className={css.section} aria-labelledby={id}><h3 id={id}>{title}</h3>{children}</section>
}

/** Puts everything back that is in this dialog; what stands in the bar stays as it is. */
function reset({ reel }: ExportChoices): void {
  const { captionFormat, captionStyle, framing, encoding, loudness, fades, nameTemplate } = usualExportChoices
  choose({ captionFormat, captionStyle, framing, encoding, loudness, fades, nameTemplate, reel: reel === null ? null : plainReel(reel.name) })
}

interface MoreChoicesProps {
  choices: ExportChoices
  isOpen: boolean
  onClose(): void
  /** Shown in samples; null while there is none. */
  clip: TrayClip | null
}

function Sections({ clip, choices }: { clip: TrayClip | null, choices: ExportChoices }) {
  const { reel, captions, format } = choices
  return (
    <div className={css.sections}>
      {reel === null ? null : <Section title={text.sections.reel}><ReelChoices reel={reel} /></Section>}
      {captions === 'sidecar' || captions === 'burned' ? <Section title={messages.tray.captions}><CaptionChoices choices={choices} clip={clip} /></Section> : null}
      <Section title={text.sections.picture}><FramingChoices choices={choices} /></Section>
      <Section title={text.sections.sound}><SoundChoices choices={choices} /></Section>
      {format === 'video' ? <Section title={text.sections.quality}><QualityChoices choices={choices} /></Section> : null}
      {reel === null ? <Section title={text.sections.names}><NameTemplate choices={choices} clip={clip} /></Section> : null}
    </div>
  )
}

/** What is chosen once and then seldom: each group with what it means. */
export function MoreChoices({ choices, isOpen, onClose, clip }: MoreChoicesProps) {
  const cannotCopy = whyEncoded(choices)
  const isUsual = choiceSummary(choices).length === 0
  const actions = (
    <>
      <Button kind="quiet" disabled={isUsual} onClick={() => { reset(choices) }}>{text.reset}</Button>
      <Button kind="primary" onClick={onClose}>{text.done}</Button>
    </>
  )
  return (
    <Dialog title={text.moreTitle} isOpen={isOpen} onClose={onClose} size="large" actions={actions}>
      <p className={css.intro}>{cannotCopy === null || choices.format !== 'video' ? text.moreText : text.encodes(cannotCopy)}</p>
      <Sections clip={clip} choices={choices} />
    </Dialog>
  )
}
