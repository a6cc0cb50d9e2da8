import { useEffect, useId, useRef, useState } from 'react'
import type { ErrorShape } from '../../../../electron/contract/errors.ts'
import type { ExportChoices } from '../../../../electron/contract/export-choices.ts'
import type { TrayClip } from '../../../../electron/contract/tray.ts'
import { engine } from '../../../api.ts'
import { messages } from '../../../messages.ts'
import { errorShape, isCancelled } from '../../../report-error.ts'
import { sourceOf } from '../plan-match.ts'
import css from './more-choices.module.css'
import { choose } from './use-choices.ts'

const text = messages.export

const fields = ['title', 'start', 'end', 'query', 'video', 'date', 'n'] as const

const AFTER_TYPING_MS = 200

type Example = { name: string } | { error: ErrorShape } | null

/** The name that the first clip would have, asked of who gives the names. */
function useExample(template: string, choices: ExportChoices, clip: TrayClip | null): Example {
  const [example, setExample] = useState<Example>(null)
  useEffect(() => {
    if (clip === null) return
    const asking = new AbortController()
    const ask = async (): Promise<void> => {
      try {
        const { clips, problems } = await engine.call('export.plan', { ...choices, reel: null, clips: [sourceOf(clip)], nameTemplate: template === '' ? null : template }, asking.signal)
        const [planned, problem] = [clips[0], problems[0]]
        if (planned !== undefined) setExample({ name: planned.fileName })
        else if (problem !== undefined) setExample({ error: problem.error })
      } catch (error) {
        if (!asking.signal.aborted && !isCancelled(error)) setExample({ error: errorShape(error) })
      }
    }
    const timer = setTimeout(() => { void ask() }, AFTER_TYPING_MS)
    return () => { clearTimeout(timer); asking.abort() }
  }, [template, choices, clip])
  return example
}

const errorOf = (example: Example): ErrorShape | null => example !== null && 'error' in example ? example.error : null

function exampleText(example: Example): string {
  if (example === null) return ''
  return 'name' in example ? example.name : `${example.error.message} ${example.error.hint}`
}

/** How files are named: written, with the fields that can be used, and what becomes of the first clip's name. */
export function NameTemplate({ choices, clip }: { choices: ExportChoices, clip: TrayClip | null }) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [written, setWritten] = useState<string | null>(null)
  const shown = written ?? choices.nameTemplate ?? ''
  const example = useExample(shown.trim(), choices, clip)
  const keep = (): void => {
    if (written !== null) choose({ nameTemplate: written.trim() === '' ? null : written.trim() })
    setWritten(null)
  }
  const insert = (field: string): void => {
    const at = input.current?.selectionStart ?? shown.length
    const until = input.current?.selectionEnd ?? at
    const next = shown.slice(0, at) + field + shown.slice(until)
    choose({ nameTemplate: next.trim() })
    setWritten(next)
    input.current?.focus()
  }
  const error = errorOf(example)
  return (
    <div className={css.block}>
      <label className={css.label} htmlFor={id}>{text.template}</label>
      <input
        ref={input} id={id} type="text" className={css.field} value={shown} placeholder={text.templateUsual} maxLength={200} spellCheck={false} aria-describedby={`${id}-example`} aria-invalid={error !== null}
        onChange={({ target }) => { setWritten(target.value) }} onBlur={keep} onKeyDown={({ key }) => { if (key === 'Enter') keep() }}
      />
      <div className={css.fields} role="group" aria-label={text.templateFields}>
        {fields.map((field) => <button key={field} type="button" title={text.templateField[field]} aria-label={text.insertField(text.templateField[field])} onMouseDown={(event) => { event.preventDefault() }} onClick={() => { insert(`{${field}}`) }}>{`{${field}}`}</button>)}
      </div>
      <p id={`${id}-example`} className={`${css.example ?? ''} ${error === null ? '' : css.wrong ?? ''}`}><span>{text.example}</span><output>{exampleText(example)}</output></p>
    </div>
  )
}
