/** Demuxers of containers that hold videos, by ffmpeg's names. None of them opens another file. */
const VIDEO_CONTAINERS = [
  'mov', 'mp4', 'matroska', 'webm', 'avi', 'mpegts', 'mpeg', 'flv', 'asf', 'ogg', 'mxf', 'dv', 'wtv', 'rm', 'gxf', 'nut', 'ivf', 'nsv', 'pva', 'yuv4mpegpipe',
]

/** Let in only to say that there is no picture in them. */
const SOUND_FORMATS = ['mp3', 'flac', 'wav', 'w64', 'aac', 'ac3', 'eac3', 'dts', 'aiff', 'caf', 'amr', 'ape', 'wv', 'tta', 'au']

/** All that ffprobe may open: what is not here (hls, concat, dash, sdp, image2, lavfi...) ends before anything of it is followed. */
export const FORMAT_WHITELIST = [...VIDEO_CONTAINERS, ...SOUND_FORMATS].join(',')

const PLAYLISTS = new Set(['hls', 'concat', 'dash', 'sdp', 'rtsp', 'imf', 'webm_dash_manifest', 'applehttp'])

export type FormatKind = 'playlist' | 'image' | 'bare-stream' | 'other'

/** What a format that is not let in is. */
export function kindOfFormat(name: string): FormatKind {
  const names = name.split(',')
  if (names.some((one) => PLAYLISTS.has(one))) return 'playlist'
  if (names.some((one) => one.endsWith('_pipe') || one.startsWith('image2') || ['gif', 'apng', 'ico', 'webp', 'jpegxl_anim'].includes(one))) return 'image'
  if (names.some((one) => ['h264', 'hevc', 'vvc', 'evc', 'm4v', 'mpegvideo', 'h263', 'h261', 'vc1', 'obu', 'cavsvideo', 'dirac', 'mjpeg'].includes(one))) return 'bare-stream'
  return 'other'
}

/** True for a format that never holds more than sound. */
export function isSoundFormat(name: string): boolean {
  return name.split(',').some((one) => SOUND_FORMATS.includes(one))
}
