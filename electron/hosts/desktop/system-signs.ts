import type { BrowserWindow } from 'electron'
import { nativeTheme, Notification, powerSaveBlocker } from 'electron'
import { messages } from '../../../renderer/messages.ts'
import { showWindow } from './main-window.ts'
import type { Signs } from './work-watch.ts'

const { done } = messages.desktop
const notices = {
  'videos-ready': { title: done.videosReady, body: done.videosReadyText },
  'export-done': { title: done.exportDone, body: done.exportDoneText },
}

/** The dock or task bar, the notifications and the sleep of this machine. */
export function systemSigns(window: BrowserWindow): Signs {
  let blocker: number | null = null
  return {
    showProgress: (fraction) => { if (!window.isDestroyed()) window.setProgressBar(fraction ?? -1) },
    keepAwake: (isNeeded) => {
      if (isNeeded) {
        blocker ??= powerSaveBlocker.start('prevent-app-suspension')
      } else if (blocker !== null) {
        powerSaveBlocker.stop(blocker)
        blocker = null
      }
    },
    isWindowWatched: () => !window.isDestroyed() && window.isFocused(),
    notify: (what) => {
      if (!Notification.isSupported()) return
      const notice = new Notification(notices[what])
      notice.on('click', () => { showWindow(window) })
      notice.show()
    },
    useTheme: (theme) => { nativeTheme.themeSource = theme },
  }
}
