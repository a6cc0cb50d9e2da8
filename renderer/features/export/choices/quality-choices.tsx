import type { ExportChoices } from '../../../../electron/contract/export-choices.ts'
import { Encoding } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'
import { Select } from '../../../ui/select.tsx'
import { Switch } from '../../../ui/switch.tsx'
import css from './more-choices.module.css'
import { NumberField } from './number-field.tsx'
import type { Quality } from './quality.ts'
import { qualities, qualityName } from './quality.ts'
import { choose } from './use-choices.ts'

const text = messages.export

const options = (['best', 'high', 'medium', 'smaller'] as const).map((value: Quality) => ({ value, label: text.qualities[value], hint: text.qualityHints[value] }))
const presets = Encoding.shape.preset.unwrap().options.map((value) => ({ value, label: text.presets[value] }))

/** How good and how large what is encoded becomes, and how long that may take. */
export function QualityChoices({ choices: { encoding, mode } }: { choices: ExportChoices }) {
  const isOff = mode === 'copy'
  const change = (changed: Partial<Encoding>): void => { choose({ encoding: { ...encoding, ...changed } }) }
  return (
    <>
      <div className={css.row}>
        <span className={css.label}>{text.quality}</span>
        <span className={css.controls}>
          <Select label={text.quality} value={qualityName(encoding.crf)} options={options} onChange={(name) => { change({ crf: qualities[name] }) }} />
          <NumberField label={text.crf} value={encoding.crf} min={0} max={51} step={1} unit={text.crfUnit} isDisabled={isOff} onKeep={(crf) => { change({ crf }) }} />
        </span>
      </div>
      <div className={css.row}>
        <span className={css.label}>{text.preset}</span>
        <Select label={text.preset} value={encoding.preset} options={presets} onChange={(preset) => { change({ preset }) }} />
      </div>
      <p className={css.hint}>{isOff ? text.nothingEncoded : text.presetHint}</p>
      <Switch label={text.hardware} hint={text.hardwareHint} isOn={encoding.hardware} isDisabled={isOff} onChange={(hardware) => { change({ hardware }) }} />
    </>
  )
}
