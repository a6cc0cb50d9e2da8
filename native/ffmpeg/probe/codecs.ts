import { runToEnd } from '../process.ts'
import type { ProbedStream } from './ffprobe-json.ts'

const decoders = new Map<string, Promise<ReadonlySet<string>>>()

/** Names of codecs out of `ffprobe -codecs`, whose lines read " DEV.LS h264    H.264 / AVC ...": a D in front says that it decodes. */
export function parseDecodable(output: string): Set<string> {
  return new Set([...output.matchAll(/^ D[E.][VASDT][I.][L.][S.] (\S+)/gm)].map((match) => match[1] ?? ''))
}

/** The codecs that this ffmpeg decodes. Asked once for each program. */
export async function decodableCodecs(ffprobe: string): Promise<ReadonlySet<string>> {
  const known = decoders.get(ffprobe)
  if (known !== undefined) return known
  // The answer is for everybody who asks: whoever stops asking must not stop it.
  const asked = runToEnd({ program: ffprobe, args: ['-hide_banner', '-codecs'], signal: new AbortController().signal, wallMs: 20_000 })
    .then(({ stdout }) => parseDecodable(stdout.toString('utf8')))
  decoders.set(ffprobe, asked)
  asked.catch(() => decoders.delete(ffprobe))
  return asked
}

// Sample entries of mp4 (mp4ra.org) that ffmpeg 5.1 has no name for, or only an inner one.
const TAGS: Record<string, string> = {
  'vvc1': 'VVC (H.266)', 'vvi1': 'VVC (H.266)', 'evc1': 'EVC', 'lvc1': 'LCEVC', 'ac-4': 'AC-4', 'iamf': 'IAMF',
  'mha1': 'MPEG-H 3D Audio', 'mha2': 'MPEG-H 3D Audio', 'mhm1': 'MPEG-H 3D Audio', 'mhm2': 'MPEG-H 3D Audio', 'apv1': 'APV', 'avs3': 'AVS3', 'r3d ': 'REDCODE RAW',
}
// Stream types of a transport stream (ISO 13818-1, table 2-34).
const STREAM_TYPES: Record<string, string> = { '0x002d': 'MPEG-H 3D Audio', '0x002e': 'MPEG-H 3D Audio', '0x0033': 'VVC (H.266)', '0x0035': 'EVC' }
const CODECS: Record<string, string> = { vvc: 'VVC (H.266)', evc: 'EVC', ac4: 'AC-4', mpegh_3d_audio: 'MPEG-H 3D Audio', iamf: 'IAMF' }

/** What ffmpeg 5.1 takes for something else: the name of the codec by the mark in the container, null when it says nothing new. */
export function markedCodec(stream: Pick<ProbedStream, 'codec_tag' | 'codec_tag_string'>): string | null {
  return TAGS[stream.codec_tag_string ?? ''] ?? STREAM_TYPES[stream.codec_tag ?? ''] ?? null
}

/** A name for people. */
export function codecTitle(stream: Pick<ProbedStream, 'codec_name' | 'codec_tag' | 'codec_tag_string'>): string {
  const named = CODECS[stream.codec_name ?? ''] ?? markedCodec(stream)
  if (named !== null) return named
  const tag = stream.codec_tag_string ?? ''
  return stream.codec_name ?? (/^[\x20-\x7e]{4}$/.test(tag) ? `"${tag.trim()}"` : 'an unknown codec')
}
