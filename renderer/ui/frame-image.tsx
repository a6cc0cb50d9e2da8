import { Film } from 'lucide-react'
import { useState } from 'react'
import type { SceneId, VideoId } from '../../electron/contract/ids.ts'
import { frameUrl, pictureUrl } from '../media.ts'
import css from './frame-image.module.css'

interface FrameImageProps {
  scene: SceneId | null
  /** The picture that is kept of this second is shown instead, where there is one. */
  moment?: { video: VideoId, second: number } | null
  alt?: string
}

/** The key frame of a scene, or a quiet picture of nothing while there is none. Decorative unless `alt` says what it shows. */
export function FrameImage({ scene, moment = null, alt = '' }: FrameImageProps) {
  const [isMomentGone, setMomentGone] = useState(false)
  const [failed, setFailed] = useState<SceneId | null>(null)
  if (scene === null || failed === scene) return <span className={css.none}><Film aria-hidden="true" /></span>
  const isMoment = moment !== null && !isMomentGone
  return (
    <img
      className={css.frame} src={isMoment ? pictureUrl(moment.video, moment.second) : frameUrl(scene)} alt={alt} loading="lazy" decoding="async" draggable={false}
      onError={() => { if (isMoment) setMomentGone(true); else setFailed(scene) }}
    />
  )
}
