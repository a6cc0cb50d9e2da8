/** Every text that the app shows, in one place, ready to be translated. One section a feature; whole sentences, never glued together. */
export const messages = {
  common: {
    appName: 'Scenedex',
    close: 'Close',
    cancel: 'Cancel',
    undo: 'Undo',
    retry: 'Try again',
    removeNamed: (name: string) => `Remove ${name}`,
  },
  navigation: {
    label: 'Views',
    library: 'Library',
    search: 'Search',
    tray: 'Export tray',
    activity: 'Activity',
    settings: 'Settings',
    back: 'Back',
    clipsInTray: (count: number) => count === 1 ? '1 clip' : `${count} clips`,
  },
  connection: {
    connecting: 'Connecting…',
    engineGone: 'The engine stopped and is being started again. Nothing is lost.',
    serverGone: 'Scenedex does not answer. Is it still running? Trying again…',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    sections: { everywhere: 'Everywhere', library: 'Library', search: 'Search', player: 'Player', tray: 'Export tray' },
  },
  library: {},
  jobs: {},
  search: {},
  player: {},
  tray: {},
  settings: {},
}
