import { AppError } from '../../errors.ts'
import type { FrameRate } from './frame-rate.ts'
import { counted, isSameRate, perSecond } from './frame-rate.ts'
import type { Sequence, SequenceClip, SequenceMedia } from './sequence.ts'
import { readTimecode, timecodeText } from './timecode.ts'

// An event has three digits.
const MOST_EVENTS = 999

/** Editors begin the record side at one hour. */
const BEGINNING = '01:00:00:00'

/** A line of its own in a list of lines: no line breaks, no control characters. */
function line(value: string): string {
  return value.toWellFormed().replace(/\p{Cc}+/gu, ' ').trim()
}

/** Picture, and the first two channels of sound. */
function channels({ sounds: [sound] }: SequenceMedia): string {
  if (sound === undefined) return 'V'
  return sound.channels === 1 ? 'B' : 'AA/V'
}

/** Timecode of the video in a list that knows one rate: the same name, its pictures counted at that rate. */
function sourceTimecode(clip: SequenceClip, rate: FrameRate): { frame: number, isDrop: boolean } {
  const { timecode, rate: own } = clip.media
  if (isSameRate(own, rate)) return { frame: timecode.frame + clip.sourceIn, isDrop: timecode.isDrop }
  const whole = Math.floor(timecode.frame / counted(own))
  return { frame: whole * counted(rate) + Math.round((timecode.frame - whole * counted(own) + clip.sourceIn) / perSecond(own) * perSecond(rate)), isDrop: false }
}

function eventLines(clip: SequenceClip, at: number, { rate, isDrop }: Sequence): string[] {
  const length = clip.recordOut - clip.recordIn
  const beginning = readTimecode(isDrop ? BEGINNING.replace(/:(\d\d)$/, ';$1') : BEGINNING, rate)?.frame ?? 0
  const source = sourceTimecode(clip, rate)
  const record = (frame: number): string => timecodeText({ frame: beginning + frame, isDrop }, rate)
  const times = [timecodeText(source, rate), timecodeText({ ...source, frame: source.frame + length }, rate), record(clip.recordIn), record(clip.recordOut)]
  const reason = [clip.query, clip.note].filter((each) => each !== null).map(line).join(': ')
  return [
    `${String(at + 1).padStart(3, '0')}  ${clip.media.reel.padEnd(8)} ${channels(clip.media).padEnd(5)} C        ${times.join(' ')}`,
    `* FROM CLIP NAME: ${line(clip.media.fileName)}`,
    `* SOURCE FILE: ${line(clip.media.path)}`,
    `* COMMENT: ${line(clip.name)}`,
    ...reason === '' ? [] : [`* LOC: ${record(clip.recordIn)} CYAN    ${reason}`],
  ]
}

/** An edit list as CMX 3600 has it. Throws USAGE for more than 999 clips. */
export function edlOf(sequence: Sequence): string {
  if (sequence.clips.length > MOST_EVENTS) {
    throw new AppError('USAGE', { message: `An EDL holds at most ${String(MOST_EVENTS)} clips.`, hint: 'Choose another format, or fewer clips.' })
  }
  return [
    `TITLE: ${line(sequence.name)}`, `FCM: ${sequence.isDrop ? 'DROP FRAME' : 'NON-DROP FRAME'}`, '',
    ...sequence.clips.flatMap((clip, at) => [...eventLines(clip, at, sequence), '']),
  ].join('\r\n')
}

/** What an edit list can not say of these clips. */
export function edlNotes({ clips, rate }: Sequence): string[] {
  const media = [...new Set(clips.map((clip) => clip.media))]
  return [
    ...media.filter((each) => !isSameRate(each.rate, rate)).map(({ title }) => `An EDL has one rate: the source times of "${title}" are counted at that of the sequence`),
    ...media.filter(({ sounds: [sound] }) => sound !== undefined && sound.channels > 2).map(({ title }) => `An EDL takes the first two channels of the sound of "${title}"`),
  ]
}
