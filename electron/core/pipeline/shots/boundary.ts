export type TransitionKind = 'cut' | 'fade' | 'dissolve' | 'wipe'

/**
 * Where one shot becomes the next, in the stream's time base. A cut has startPts = endPts = the first frame of the new
 * shot; a gradual transition runs from its first to its last frame.
 */
export interface ShotBoundary {
  kind: TransitionKind
  startPts: number
  endPts: number
}

/** A gradual transition as found, before overlapping finds are weighed against each other. */
export interface GradualFind extends ShotBoundary {
  /** seconds of the first and last frame */
  begin: number
  end: number
  /** 0..1 for windows, above 1 for fades, which explain their halves */
  strength: number
}
