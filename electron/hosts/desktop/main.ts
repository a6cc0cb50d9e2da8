import { app, dialog } from 'electron'
import { fileURLToPath } from 'node:url'
import { startDesktop } from './desktop-app.ts'

// The window. Started by Electron with this repository, or with the archive of an installed copy, as the app:
//
//   electron .
//   _electron.launch({ args: [repository], env: { ...process.env, SCENEDEX_LIBRARY, SCENEDEX_USER_DATA, SCENEDEX_QUIT_AT_ONCE: '1' } })     in a story
//
// SCENEDEX_USER_DATA      a folder for what Electron keeps of its own: starts with different ones do not know of each other
// SCENEDEX_QUIT_AT_ONCE   closing the window does not ask whether unfinished work may wait

// Built, this is one file in out/, beside the engine's, the preload script and the page.
const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const places = { engineFile: beside('./engine.js'), preloadFile: beside('./preload.cjs'), pageFolder: beside('./renderer'), iconFolder: beside('../resources/icons') }
startDesktop(places).catch((error: unknown) => {
  dialog.showErrorBox('Scenedex', error instanceof Error ? error.message : String(error))
  app.exit(1)
})
