import { Slider as Base } from '@base-ui/react/slider'
import css from './slider.module.css'

interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  onChange(value: number): void
  /** What is said for a value: "80 %", "1.5 times". */
  valueText?(value: number): string
}

/** A value on a line. */
export function Slider({ label, value, min, max, step, onChange, valueText }: SliderProps) {
  return (
    <Base.Root value={value} min={min} max={max} step={step} onValueChange={(next) => { onChange(next) }} className={css.root}>
      <Base.Control className={css.control}>
        <Base.Track className={css.track}>
          <Base.Indicator className={css.indicator} />
          <Base.Thumb className={css.thumb} aria-label={label} {...valueText === undefined ? {} : { getAriaValueText: (_: string, at: number) => valueText(at) }} />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  )
}
