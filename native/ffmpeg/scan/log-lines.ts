/** One line of ffmpeg's log (`-loglevel level+info`), as far as the scan cares. */
export type LogLine =
  | { kind: 'time', output: 'small' | 'candidate' | 'sound', pts: number | null }
  | { kind: 'time-base', output: 'small' | 'candidate', num: number, den: number }
  | { kind: 'complaint', text: string }

const TIME = /^\[a?showinfo@(small|candidate|sound) @ \w+\] \[info\] n:\s*\d+ pts:\s*(NOPTS|-?\d+) /
const TIME_BASE = /^\[showinfo@(small|candidate) @ \w+\] \[info\] config in time_base: (\d+)\/(\d+)/
const COMPLAINT = /^(?:\[([^\]]+) @ \w+\] )*\[(error|fatal|panic)\] (.+)$/
/** Said as warnings, but the picture is hurt. */
const HURT = /^(?:\[[^\]]+ @ \w+\] )*\[warning\] .*(?:corrupt decoded frame|concealing \d+)/

function outputOf(name: string | undefined): 'small' | 'candidate' | 'sound' {
  if (name === 'small' || name === 'candidate') return name
  return 'sound'
}

function readComplaint(line: string, soundCodec: string | null): LogLine | null {
  const complaint = COMPLAINT.exec(line)
  if (complaint === null) return HURT.test(line) ? { kind: 'complaint', text: line.replace(/ @ 0x\w+/g, '') } : null
  const [, source = 'ffmpeg', , text = ''] = complaint
  const isSound = soundCodec !== null && source.startsWith(soundCodec)
  return isSound ? null : { kind: 'complaint', text: `${source}: ${text}` }
}

/** Reads one line; null for the many that mean nothing to us. `soundCodec` names whose complaints are no damage of the picture. */
export function readLogLine(line: string, soundCodec: string | null): LogLine | null {
  const time = TIME.exec(line)
  if (time !== null) return { kind: 'time', output: outputOf(time[1]), pts: time[2] === 'NOPTS' ? null : Number(time[2]) }
  const base = TIME_BASE.exec(line)
  if (base === null) return readComplaint(line, soundCodec)
  return { kind: 'time-base', output: base[1] === 'small' ? 'small' : 'candidate', num: Number(base[2]), den: Number(base[3]) }
}
