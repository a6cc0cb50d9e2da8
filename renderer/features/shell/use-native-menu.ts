import { useEffect, useEffectEvent } from 'react'
import type { HostEvent } from '../../../electron/contract/host.ts'
import { host } from '../../api.ts'
import { go } from '../../stores/navigation.ts'

type MenuAction = Extract<HostEvent, { type: 'menu' }>['action']

/** Goes where the menu of the window says. What the menu asks to import or to search is done by those views. */
export function useNativeMenu(showShortcuts: () => void): void {
  const onAction = useEffectEvent((action: MenuAction) => {
    switch (action) {
      case 'library': case 'activity': case 'tray': case 'settings': go({ view: action }); break
      case 'about': go({ view: 'settings' }); break
      case 'shortcuts': showShortcuts(); break
      case 'import-files': case 'import-folder': case 'search': break
    }
  })
  useEffect(() => host.onEvent((event) => { if (event.type === 'menu') onAction(event.action) }), [])
}
