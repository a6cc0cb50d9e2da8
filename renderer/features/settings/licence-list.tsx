import { useEffect, useState } from 'react'
import { z } from 'zod'
import { messages } from '../../messages.ts'
import css from './parts.module.css'

const text = messages.settings.about

const Licences = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() }))
type Licences = z.infer<typeof Licences>

/** Written beside the page when it is built. Null while it is read, and empty where this build has none. */
function useLicences(): Licences | null {
  const [licences, setLicences] = useState<Licences | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    const read = async (): Promise<void> => {
      const answer = await fetch('./licences.json', { signal: stop.signal })
      setLicences(answer.ok ? Licences.parse(await answer.json()) : [])
    }
    read().catch(() => { if (!stop.signal.aborted) setLicences([]) })
    return () => { stop.abort() }
  }, [])
  return licences
}

function matches(one: Licences[number], filter: string): boolean {
  return `${one.name} ${one.licence}`.toLowerCase().includes(filter.trim().toLowerCase())
}

/** Every package that is shipped, with the text of its licence. */
export function LicenceList() {
  const licences = useLicences()
  const [filter, setFilter] = useState('')
  if (licences === null) return <div className={css.skeleton} role="status" aria-label={messages.settings.loading} />
  if (licences.length === 0) return <p className={css.text}>{text.noLicences}</p>
  const shown = licences.filter((one) => matches(one, filter))
  return (
    <>
      <p className={css.text}>{text.licencesText(licences.length)}</p>
      <input className={css.input} type="search" value={filter} placeholder={text.filter} aria-label={text.filter} onChange={(event) => { setFilter(event.target.value) }} />
      {shown.length === 0 ? <p className={css.text}>{text.noMatch}</p> : null}
      <div className={css.licences}>
        {shown.map(({ name, version, licence, text: whole }) => (
          <details key={`${name}@${version}`}>
            <summary><span>{name}</span><span>{version}</span><span>{licence}</span></summary>
            <pre tabIndex={0}>{whole === '' ? text.noText : whole}</pre>
          </details>
        ))}
      </div>
    </>
  )
}
