import type { Encoding } from '../../electron/contract/export-choices.ts'
import type { FfmpegTools } from './locate.ts'
import { runToEnd } from './process.ts'

/** How pictures become H.264. */
export interface VideoEncoder {
  /** ffmpeg's name of it. */
  name: string
  /** Options before the inputs. */
  device: string[]
  /** Filters that bring a picture to where the encoder has it. */
  upload: string[]
  /** Options of the output. Never with B-frames: packets come in the order they are shown, and the length of the last one is then the end of the track. */
  options: (encoding: Encoding) => string[]
}

/** Options of x264. Without loss it has only one profile (High 4:4:4 Predictive), which it must choose itself. */
export function x264Options({ preset, crf }: Pick<Encoding, 'preset' | 'crf'>): string[] {
  return ['-c:v', 'libx264', '-preset', preset, '-crf', String(crf), '-bf', '0', ...crf === 0 ? [] : ['-profile:v', 'high']]
}

export const X264: VideoEncoder = { name: 'libx264', device: [], upload: [], options: x264Options }

/** The qualities of hardware are on x264's scale or near it; each is the one of its documentation that holds quality and not rate. */
const HARDWARE: readonly (VideoEncoder & { on: readonly NodeJS.Platform[] })[] = [
  {
    on: ['linux', 'win32'], name: 'h264_nvenc', device: [], upload: [],
    options: ({ crf }) => ['-c:v', 'h264_nvenc', '-preset', 'p5', '-rc', 'vbr', '-cq', String(Math.max(1, crf)), '-b:v', '0', '-bf', '0', '-profile:v', 'high'],
  },
  {
    on: ['linux', 'win32'], name: 'h264_qsv', device: [], upload: ['format=nv12'],
    options: ({ crf }) => ['-c:v', 'h264_qsv', '-global_quality', String(Math.max(1, crf)), '-bf', '0', '-profile:v', 'high'],
  },
  {
    on: ['linux'], name: 'h264_vaapi', device: ['-vaapi_device', '/dev/dri/renderD128'], upload: ['format=nv12', 'hwupload'],
    options: ({ crf }) => ['-c:v', 'h264_vaapi', '-rc_mode', 'CQP', '-qp', String(Math.max(1, crf)), '-bf', '0', '-profile:v', 'high'],
  },
  {
    on: ['win32'], name: 'h264_amf', device: [], upload: [],
    options: ({ crf }) => ['-c:v', 'h264_amf', '-rc', 'cqp', '-qp_i', String(crf), '-qp_p', String(crf), '-bf', '0', '-profile:v', 'high'],
  },
  {
    // Its quality goes from 1 to 100, more is better: 18 becomes 65.
    on: ['darwin'], name: 'h264_videotoolbox', device: [], upload: [],
    options: ({ crf }) => ['-c:v', 'h264_videotoolbox', '-q:v', String(Math.round(100 - crf * 1.95)), '-bf', '0', '-profile:v', 'high'],
  },
]

const TRIAL_MS = 20_000
const TRIAL_FRAMES = 12

/** True when it really encodes: builds of ffmpeg know encoders whose hardware is not there. */
async function encodes(ffmpeg: string, { device, upload, options }: VideoEncoder): Promise<boolean> {
  const { code } = await runToEnd({
    program: ffmpeg, signal: new AbortController().signal, wallMs: TRIAL_MS,
    args: [
      '-hide_banner', '-nostdin', '-loglevel', 'error', ...device, '-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25',
      '-vf', ['format=yuv420p', ...upload].join(','), '-frames:v', String(TRIAL_FRAMES), ...options({ crf: 23, preset: 'fast', hardware: true }), '-f', 'null', '-',
    ],
  }).catch(() => ({ code: 1 }))
  return code === 0
}

const found = new Map<string, Promise<VideoEncoder | null>>()

async function tryHardware(ffmpeg: string): Promise<VideoEncoder | null> {
  for (const encoder of HARDWARE) {
    if (encoder.on.includes(process.platform) && await encodes(ffmpeg, encoder)) return encoder
  }
  return null
}

/** The encoder of the graphics card where one is asked for and works (tried once for each ffmpeg, with some pictures), else x264. */
export async function chooseEncoder({ ffmpeg }: FfmpegTools, { hardware }: Encoding): Promise<VideoEncoder> {
  if (!hardware) return X264
  const trial = found.get(ffmpeg) ?? tryHardware(ffmpeg)
  found.set(ffmpeg, trial)
  return await trial ?? X264
}
