import type { BrowserWindow } from 'electron'
import { nativeTheme, Notification, powerSaveBlocker } from 'electron'
import { messages } from '../../../renderer/messages.ts'
import { showWindow } from './main-window.ts'
import type { Notice, Signs } from './work-watch.ts'

const { done } = messages.desktop

function textOf(notice: Notice): { title: string, body: string } {
  if (notice.what === 'videos') return notice.failed === 0 ? { title: done.videos, body: done.videosText } : { title: done.videosFailed, body: done.videosFailedText(notice.ready, notice.failed) }
  return notice.failed === 0 ? { title: done.clips, body: done.clipsText } : { title: done.clipsFailed, body: done.clipsFailedText(notice.written, notice.failed) }
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
    notify: (notice) => {
      if (!Notification.isSupported()) return
      const shown = new Notification(textOf(notice))
      shown.on('click', () => { showWindow(window) })
      shown.show()
    },
    useTheme: (theme) => { nativeTheme.themeSource = theme },
  }
}
