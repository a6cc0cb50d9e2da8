import path from 'node:path'

export interface Surroundings {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
}

function dataFolder({ platform, env, home }: Surroundings): string {
  switch (platform) {
    case 'darwin': return path.join(home, 'Library', 'Application Support', 'Scenedex')
    case 'win32': return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Scenedex')
    default: return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'scenedex')
  }
}

/** The library to use, the same for every host: what was asked for, else SCENEDEX_LIBRARY, else the platform's data folder. */
export function libraryFolder(asked: string | undefined, surroundings: Surroundings): string {
  const named = asked ?? surroundings.env['SCENEDEX_LIBRARY']
  return named === undefined || named === '' ? path.join(dataFolder(surroundings), 'library') : path.resolve(named)
}
