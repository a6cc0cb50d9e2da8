/** What the decoder said about the file. */
export interface Complaints {
  note(text: string): void
  /** A picture came out. */
  onPicture(pts: number): void
  /** New ones since the last call. */
  take(): { errors: number, first: string } | null
  readonly errors: number
  readonly first: string | null
}

/** Said when a stream is entered in its middle: nothing is damaged, the pictures before simply are not there. */
const BEFORE_THE_FIRST = /non-existing [SPV]PS|decode_slice_header|no frame!|Invalid frame dimensions|PPS id out of range|Could not find ref|first slice|Missing reference/i

/**
 * Counts complaints. After a seek (`fromPts` given) only from the first wanted picture on: decoders complain about what
 * an open GOP refers to, and whatever is really damaged before that was counted by the run that stored it.
 */
export function createComplaints(fromPts: number | null): Complaints {
  let hasPicture = false
  let isCounting = fromPts === null
  let errors = 0
  let first: string | null = null
  let fresh = 0
  return {
    note(text) {
      if (!isCounting || (!hasPicture && BEFORE_THE_FIRST.test(text))) return
      errors++
      fresh++
      first ??= text
    },
    onPicture(pts) {
      hasPicture = true
      if (fromPts !== null && pts >= fromPts) isCounting = true
    },
    take() {
      if (fresh === 0) return null
      const taken = { errors: fresh, first: first ?? '' }
      fresh = 0
      return taken
    },
    get errors() { return errors },
    get first() { return first },
  }
}
