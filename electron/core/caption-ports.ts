// What captions need of the outside.

/** An ASS file whose times count from the beginning of the clip, made for a picture of the clip's size. */
export interface BurnedCaptions { assFile: string }

export interface CaptionFfmpeg {
  /** With what letters the first moment of captions comes out. */
  captionLetters(captions: BurnedCaptions, signal: AbortSignal): Promise<CaptionLetters>
  /** Writes a clip once more with a text track. Throws EXPORT_UNVERIFIED unless all other packets and their times are those of the clip. */
  embedCaptions(job: EmbedJob, signal: AbortSignal): Promise<void>
}

/** How captions come out here: code points that no font has, and the font that is taken (its PostScript name; null where none is). */
export interface CaptionLetters { missing: number[], font: string | null }

/** A text track to be put into a finished clip. */
export interface EmbedJob {
  /** The clip; it is only read. */
  clip: string
  container: 'mp4' | 'mov' | 'mkv' | 'webm'
  /** When its first picture is shown, in the file's own seconds. */
  pictureSeconds: number
  /** Ticks a second of the clock of its pictures. */
  clockDen: number
  /** A document in UTF-8 whose times count from the first picture: SubRip for mp4 and mov, WebVTT for webm, any for mkv. */
  captions: { file: string, format: 'srt' | 'vtt' | 'ass' }
  /** Three letters (ISO 639-2/T): "deu". */
  language: string
  /** An empty file of the caller. */
  target: string
}
