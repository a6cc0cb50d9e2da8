import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { Kbd } from './kbd.tsx'
import css from './tooltip.module.css'

interface TooltipProps { text: string, shortcut?: string | undefined, children: ReactElement }

/** A short hint on hover and focus. What it says must also be reachable without it. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6}>
          <Base.Popup className={css.popup}>{text}{shortcut === undefined ? null : <Kbd keys={shortcut} />}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Around the app: hints come at once when another one was just shown. */
export const TooltipProvider = Base.Provider
