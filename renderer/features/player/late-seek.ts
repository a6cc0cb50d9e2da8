/**
 * Goes to a time of an element. Of a file that begins late the browser learns only as it comes in how long it is, and goes no further than
 * it knows so far (Chromium, seen 2026-11-21 with an mp4 that begins at 10 s): then it goes on when it knows more.
 */
export class LateSeek {
  #beyond: number | null = null

  to(element: HTMLVideoElement, time: number): void {
    element.currentTime = time
    this.#beyond = time <= element.duration ? null : time
  }

  /** The element knows more of how long it is. What plays by now is left alone. */
  goOn(element: HTMLVideoElement): void {
    if (this.#beyond !== null && element.paused && !element.seeking) this.to(element, this.#beyond)
  }
}
