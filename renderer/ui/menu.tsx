import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import css from './menu.module.css'

export interface MenuEntry {
  /** Names the entry among the others. */
  id: string
  label: string
  icon?: ReactNode
  shortcut?: string
  isDangerous?: boolean
  isDisabled?: boolean
  onChoose(): void
}

interface MenuProps {
  trigger: ReactElement
  /** Groups with a line between them. */
  groups: MenuEntry[][]
}

/** What opens: the entries at the place of the menu they stand in. */
export function MenuPopup({ groups, sideOffset = 4 }: { groups: MenuEntry[][], sideOffset?: number }) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={sideOffset} align="start" className={css.positioner}>
        <Base.Popup className={css.popup}>
          {groups.filter((group) => group.length > 0).map((group, at) => (
            <Base.Group key={group[0]?.id ?? at} className={css.group}>
              {group.map(({ id, label, icon, shortcut, isDangerous, isDisabled, onChoose }) => (
                <Base.Item key={id} onClick={onChoose} disabled={isDisabled ?? false} className={`${css.item ?? ''} ${isDangerous === true ? css.danger ?? '' : ''}`}>
                  <span className={css.icon}>{icon}</span><span className={css.label}>{label}</span>{shortcut === undefined ? null : <Kbd keys={shortcut} />}
                </Base.Item>
              ))}
            </Base.Group>
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

/** Actions behind a button. */
export function Menu({ trigger, groups }: MenuProps) {
  return <Base.Root><Base.Trigger render={trigger} /><MenuPopup groups={groups} /></Base.Root>
}
