import { Film } from 'lucide-react'
import { useState } from 'react'
import type { SceneId } from '../../electron/contract/ids.ts'
import { frameUrl } from '../media.ts'
import css from './frame-image.module.css'

/** The key frame of a scene, or a quiet picture of nothing while there is none. Decorative unless `alt` says what it shows. */
export function FrameImage({ scene, alt = '' }: { scene: SceneId | null, alt?: string }) {
  const [failed, setFailed] = useState<SceneId | null>(null)
  if (scene === null || failed === scene) return <span className={css.none}><Film aria-hidden="true" /></span>
  return <img className={css.frame} src={frameUrl(scene)} alt={alt} loading="lazy" decoding="async" draggable={false} onError={() => { setFailed(scene) }} />
}
