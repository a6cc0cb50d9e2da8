import { messages } from '../../messages.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { Slider } from '../../ui/slider.tsx'
import { Switch } from '../../ui/switch.tsx'
import { questions, useAnswer } from './use-answer.ts'
import css from './parts.module.css'

const text = messages.settings.work

function Cores() {
  const cores = useSettings(({ settings }) => settings.cores)
  const { answer } = useAnswer(questions.facts)
  const most = answer?.cores ?? Math.max(1, cores ?? 1)
  const value = Math.min(most, cores ?? most)
  const nameOf = (count: number): string => count >= most ? text.allCores(most) : text.coresOf(count, most)
  return (
    <div className={css.block}>
      <span className={css.label}>{text.cores}</span>
      <div className={css.row}>
        <Slider
          label={text.cores} value={value} min={1} max={Math.max(2, most)} step={1} valueText={nameOf}
          onChange={(count) => { void changeSettings({ cores: count >= most ? null : count }) }}
        />
        <span className={css.value}>{answer === null ? null : nameOf(value)}</span>
      </div>
      <p className={css.text}>{text.coresHint}</p>
    </div>
  )
}

/** How much of the machine the work may take, and when it rests. */
export function WorkSettings() {
  const { pauseOnBattery, notifyWhenDone } = useSettings(({ settings }) => settings)
  return (
    <>
      <Cores />
      <Switch label={text.battery} hint={text.batteryHint} isOn={pauseOnBattery} onChange={(isOn) => { void changeSettings({ pauseOnBattery: isOn }) }} />
      <Switch label={text.notify} hint={text.notifyHint} isOn={notifyWhenDone} onChange={(isOn) => { void changeSettings({ notifyWhenDone: isOn }) }} />
    </>
  )
}
