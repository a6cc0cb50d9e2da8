import { Film } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { knownPicture, pictureAt } from './frame-pictures.ts'
import css from './frame-picture.module.css'

interface FramePictureProps {
  video: VideoId
  /** Inside the picture that is meant, not on its edge. */
  second: number
  alt: string
}

/** The picture of one second of a video, taken when it comes into sight. */
export function FramePicture({ video, second, alt }: FramePictureProps) {
  const place = useRef<HTMLSpanElement>(null)
  const [taken, setTaken] = useState<{ video: VideoId, second: number, url: string | null } | null>(null)
  const url = knownPicture(video, second) ?? (taken?.video === video ? taken.url : null)
  useEffect(() => {
    const stop = new AbortController()
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== true) return
      observer.disconnect()
      void pictureAt(video, second, stop.signal).then((taken) => { if (!stop.signal.aborted) setTaken({ video, second, url: taken }) })
    })
    if (place.current !== null) observer.observe(place.current)
    return () => { observer.disconnect(); stop.abort() }
  }, [video, second])
  return (
    <span ref={place} className={css.picture}>
      {url === null ? <span className={css.none}><Film aria-hidden="true" /></span> : <img src={url} alt={alt} draggable={false} />}
    </span>
  )
}
