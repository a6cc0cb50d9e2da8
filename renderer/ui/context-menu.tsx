import { ContextMenu as Base } from '@base-ui/react/context-menu'
import type { ReactElement } from 'react'
import type { MenuEntry } from './menu.tsx'
import { MenuPopup } from './menu.tsx'

/** Actions at the pointer, on a right click, a long press or the menu key anywhere in `children`. */
export function ContextMenu({ children, groups }: { children: ReactElement, groups: MenuEntry[][] }) {
  return <Base.Root><Base.Trigger render={children} /><MenuPopup groups={groups} sideOffset={0} /></Base.Root>
}
