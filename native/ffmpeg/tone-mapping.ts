import { runToEnd } from './process.ts'

const toneMapping = new Map<string, Promise<boolean>>()

/** True when this ffmpeg has the filters that bring HDR to a plain screen. Asked once for each program. */
export async function canToneMap(ffmpeg: string): Promise<boolean> {
  const known = toneMapping.get(ffmpeg)
  if (known !== undefined) return known
  const asked = runToEnd({ program: ffmpeg, args: ['-hide_banner', '-filters'], signal: new AbortController().signal, wallMs: 20_000 })
    .then(({ stdout }) => ['zscale', 'tonemap'].every((name) => new RegExp(`\\s${name}\\s`).test(stdout.toString('utf8'))))
  toneMapping.set(ffmpeg, asked)
  return asked
}
