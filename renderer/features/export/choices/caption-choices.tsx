import type { CSSProperties } from 'react'
import { useId, useState } from 'react'
import type { CaptionStyle, ExportChoices, Framing } from '../../../../electron/contract/export-choices.ts'
import { CaptionFormat } from '../../../../electron/contract/export-choices.ts'
import type { TrayClip } from '../../../../electron/contract/tray.ts'
import { messages } from '../../../messages.ts'
import { Select } from '../../../ui/select.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { FramePicture } from '../frame-picture.tsx'
import type { CaptionSample } from './caption-sample.ts'
import { captionSample } from './caption-sample.ts'
import css from './more-choices.module.css'
import { choose } from './use-choices.ts'

const text = messages.export

const formats = CaptionFormat.options.map((value) => ({ value, label: text.captionFormats[value], hint: text.captionFormatHints[value] }))
const sizes = (['small', 'medium', 'large'] as const).map((value) => ({ value, label: text.style.sizes[value] }))
const behinds = (['outline', 'box', 'nothing'] as const).map((value) => ({ value, label: text.style.behinds[value] }))
const positions = (['bottom', 'middle', 'top'] as const).map((value) => ({ value, label: text.style.positions[value] }))
// Families that many machines have; any other can be written.
const families = ['Arial', 'DejaVu Sans', 'Georgia', 'Helvetica', 'Inter', 'Liberation Sans', 'Noto Sans', 'Noto Serif', 'Roboto', 'Times New Roman', 'Verdana']

function FontField({ font, onKeep }: { font: string | null, onKeep(font: string | null): void }) {
  const id = useId()
  const [written, setWritten] = useState<string | null>(null)
  const keep = (): void => {
    if (written !== null) onKeep(written.trim() === '' ? null : written.trim())
    setWritten(null)
  }
  return (
    <div className={css.block}>
      <label className={css.label} htmlFor={id}>{text.style.font}</label>
      <input
        id={id} type="text" className={css.field} list={`${id}-families`} value={written ?? font ?? ''} placeholder={text.style.fontUsual} maxLength={100} spellCheck={false}
        onChange={({ target }) => { setWritten(target.value) }} onBlur={keep} onKeyDown={({ key }) => { if (key === 'Enter') keep() }}
      />
      <datalist id={`${id}-families`}>{families.map((family) => <option key={family} value={family} />)}</datalist>
    </div>
  )
}

function lineStyle({ font, position }: CaptionStyle, { letters, side, bottom, top }: CaptionSample): CSSProperties {
  const family = font === null ? {} : { fontFamily: `"${font.replace(/["\\]/g, '')}", var(--sans)` }
  const place = { bottom: { bottom: `${bottom}%` }, top: { top: `${top}%` }, middle: {} }[position]
  return { ...family, ...place, left: `${side}%`, right: `${side}%`, fontSize: `${letters.toFixed(2)}cqh` }
}

/** About how captions of this style look on a picture of the clip. */
function StyleSample({ style, framing, clip }: { style: CaptionStyle, framing: Framing, clip: TrayClip | null }) {
  const { behind, position, highlight } = style
  const [before, lit, after] = text.style.sample
  const sample = captionSample(style, framing)
  return (
    <div className={`${css.screen ?? ''} ${sample.ratio < 1 ? css.tall ?? '' : ''}`} style={{ aspectRatio: sample.ratio }} role="img" aria-label={text.style.sampleLabel}>
      {clip === null ? null : <FramePicture video={clip.videoId} second={clip.start + 0.01} alt="" />}
      <div className={`${css.line ?? ''} ${position === 'middle' ? css.middle ?? '' : ''} ${css[behind] ?? ''}`} style={lineStyle(style, sample)}>
        <span>{before} <span className={highlight ? css.lit : ''}>{lit}</span> {after}</span>
      </div>
    </div>
  )
}

function Style({ style, framing, clip }: { style: CaptionStyle, framing: Framing, clip: TrayClip | null }) {
  const change = (changed: Partial<CaptionStyle>): void => { choose({ captionStyle: { ...style, ...changed } }) }
  return (
    <>
      <StyleSample style={style} framing={clip?.framing ?? framing} clip={clip} />
      <div className={css.controls}>
        <Select label={text.style.size} value={style.size} options={sizes} onChange={(size) => { change({ size }) }} />
        <Select label={text.style.behind} value={style.behind} options={behinds} onChange={(behind) => { change({ behind }) }} />
        <Select label={text.style.position} value={style.position} options={positions} onChange={(position) => { change({ position }) }} />
      </div>
      <FontField font={style.font} onKeep={(font) => { change({ font }) }} />
      <Switch label={text.style.highlight} hint={text.style.highlightHint} isOn={style.highlight} onChange={(highlight) => { change({ highlight }) }} />
    </>
  )
}

/** The format of captions beside the clip, or how those in the picture look. */
export function CaptionChoices({ choices: { captions, captionFormat, captionStyle, framing }, clip }: { choices: ExportChoices, clip: TrayClip | null }) {
  if (captions === 'burned') return <Style style={captionStyle} framing={framing} clip={clip} />
  return (
    <div className={css.row}>
      <span className={css.label}>{text.captionFormat}</span>
      <Select label={text.captionFormat} value={captionFormat} options={formats} onChange={(format) => { choose({ captionFormat: format }) }} />
    </div>
  )
}
