import { factsOf, unchanged } from '../../electron/core/export/test-library.ts'
import { cutExact } from './cut.ts'
import { locateTools } from './locate.ts'

// Cuts a clip with the program that it is given in place of ffmpeg, and says when pictures are being written.
const [program = '', source = '', target = ''] = process.argv.slice(2)
const video = await factsOf(source)
const { picture } = video.media
const endPts = picture.startPts + (picture.durationPts ?? 0)
await cutExact({ ...locateTools(), ffmpeg: program }, {
  ...unchanged, video, startPts: picture.startPts, endPts, firstPts: picture.startPts, lastPts: endPts - 1, target,
  encoding: { crf: 10, preset: 'slower', hardware: false },
}, { onProgress: (_, frames) => { if (frames > 0) process.stdout.write('writing\n') }, signal: new AbortController().signal })
