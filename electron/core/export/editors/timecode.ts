import type { FrameRate } from './frame-rate.ts'
import { counted } from './frame-rate.ts'

/** Timecode as SMPTE ST 12-1 has it: a name for each picture. With drop-frame some names are left out, so that it stays near to the clock; no picture is. */
export interface Timecode { frame: number, isDrop: boolean }

/** Only at 29.97 and 59.94 names can be dropped: 2 or 4 at the beginning of each minute that is no tenth (ST 12-1, 7.2.2; twice as many at twice the rate). */
export function canDrop({ num, den }: FrameRate): boolean {
  return den === 1001 && (num === 30_000 || num === 60_000)
}

const HOURS_A_DAY = 24

function droppedBefore(frame: number, names: number): number {
  const dropped = names / 15
  const ofMinute = names * 60 - dropped
  const ofTenMinutes = ofMinute * 10 + dropped
  const [tens, rest] = [Math.floor(frame / ofTenMinutes), frame % ofTenMinutes]
  return dropped * 9 * tens + (rest < dropped ? 0 : dropped * Math.floor((rest - dropped) / ofMinute))
}

/** "01:00:00:00", or "01:00:00;00" where names are dropped; past midnight it begins anew. */
export function timecodeText({ frame, isDrop }: Timecode, rate: FrameRate): string {
  const names = counted(rate)
  const at = isDrop ? frame + droppedBefore(frame, names) : frame
  const parts = [Math.floor(at / (names * 3600)) % HOURS_A_DAY, Math.floor(at / (names * 60)) % 60, Math.floor(at / names) % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${parts.map(two).join(':')}${isDrop ? ';' : ':'}${two(at % names)}`
}

/** Hours, minutes, seconds and pictures; null where one of them is too large. */
function partsOf(text: string, names: number): { minutes: number, seconds: number, pictures: number, isDrop: boolean } | null {
  const match = /^(\d{2}):(\d{2}):(\d{2})([:;.])(\d{2,3})$/.exec(text)
  if (match === null) return null
  const [hours = 0, minutes = 0, seconds = 0, pictures = 0] = [match[1], match[2], match[3], match[5]].map(Number)
  const isTime = hours < HOURS_A_DAY && minutes < 60 && seconds < 60 && pictures < names
  return isTime ? { minutes: hours * 60 + minutes, seconds, pictures, isDrop: match[4] !== ':' } : null
}

/**
 * Which picture since midnight has this name; null for what is no timecode at this rate. A name that is dropped is counted back from the first that is not:
 * ";00" is two (or four) pictures before it.
 */
export function readTimecode(text: string, rate: FrameRate): Timecode | null {
  const names = counted(rate)
  const parts = partsOf(text, names)
  if (parts === null) return null
  const isDrop = parts.isDrop && canDrop(rate)
  const named = names * (parts.minutes * 60 + parts.seconds) + parts.pictures
  return { frame: isDrop ? named - names / 15 * (parts.minutes - Math.floor(parts.minutes / 10)) : named, isDrop }
}
