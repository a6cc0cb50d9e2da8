import { Popover } from '@base-ui/react/popover'
import { SlidersHorizontal } from 'lucide-react'
import { messages } from '../../messages.ts'
import { resetWeights, setWeight, useSearch } from '../../stores/search.ts'
import type { WeightName, Weights } from '../../stores/search-weights.ts'
import { stepOf, unusualIn, weightNames, weightSteps } from '../../stores/search-weights.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Slider } from '../../ui/slider.tsx'
import css from './filter-bar.module.css'

const text = messages.search.weights

function stepText(step: number): string {
  return text.steps[weightSteps[step] ?? 1]
}

function OneWeight({ name }: { name: WeightName }) {
  const step = stepOf(useSearch(({ weights }) => weights[name]))
  return (
    <div className={css.weight}>
      <span className={css.weightName}>{text.names[name]}</span>
      <Slider
        label={text.names[name]} value={step} min={0} max={weightSteps.length - 1} step={1} valueText={stepText}
        onChange={(next) => { setWeight(name, weightSteps[next] ?? 1) }}
      />
      <span className={css.weightText}>{stepText(step)}</span>
    </div>
  )
}

/** Lets the person say how much each thing that a search goes by counts. What is found follows at once. */
export function WeightsButton() {
  const isUnusual = useSearch(({ weights }) => unusualIn(weights).length > 0)
  return (
    <Popover.Root>
      <Popover.Trigger render={<Button kind="quiet" icon={<SlidersHorizontal />} aria-label={text.label} title={text.label}><span className={css.wideText}>{text.label}</span></Button>} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className={css.popover}>
          <Popover.Popup className={css.popup}>
            <div>
              <Popover.Title className={css.popupTitle}>{text.label}</Popover.Title>
              <Popover.Description className={css.popupText}>{text.text}</Popover.Description>
            </div>
            <div>{weightNames.map((name) => <OneWeight key={name} name={name} />)}</div>
            <div className={css.popupActions}><Button disabled={!isUnusual} onClick={resetWeights}>{text.reset}</Button></div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function changesIn(weights: Weights): string {
  return unusualIn(weights).map((name) => text.change(text.names[name], stepText(stepOf(weights[name])))).join(', ')
}

/** Says what counts differently from how it usually does, and puts it back. */
export function WeightsChip() {
  const weights = useSearch((state) => state.weights)
  const changes = changesIn(weights)
  // After the button: what is moved while a slider is held would take the slider along.
  return changes === '' ? null : (
    <li>
      <Chip tone="accent" onRemove={{ text: text.chipRemove, act: resetWeights }}>
        <SlidersHorizontal className={css.chipIcon} aria-hidden="true" /><span className={css.chipText}>{text.chip(changes)}</span>
      </Chip>
    </li>
  )
}
