import type { BrowserWindow } from 'electron'
import { dialog } from 'electron'
import type { ErrorShape } from '../../contract/errors.ts'
import { messages } from '../../../renderer/messages.ts'

const { closing, givenUp } = messages.desktop

/** True when the person wants to quit although something is unfinished. */
export async function asksToQuit(window: BrowserWindow, about: 'exporting' | 'working'): Promise<boolean> {
  const [message, detail] = about === 'exporting' ? [closing.exporting, closing.exportingDetail] : [closing.working, closing.workingDetail]
  const { response } = await dialog.showMessageBox(window, { type: 'question', message, detail, buttons: [closing.quit, closing.stay], defaultId: 0, cancelId: 1, noLink: true })
  return response === 0
}

/** Says why there is no engine. True when the person wants it to be tried again. */
export async function asksToTryAgain(window: BrowserWindow, error: ErrorShape | null): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error', message: error?.message ?? givenUp.message, detail: error?.hint ?? givenUp.hint, buttons: [messages.common.retry, closing.quit], defaultId: 0, cancelId: 1, noLink: true,
  })
  return response === 0
}
