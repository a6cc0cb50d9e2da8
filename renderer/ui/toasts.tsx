import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { messages } from '../messages.ts'
import { IconButton } from './button.tsx'
import css from './toasts.module.css'

const queue = Toast.createToastManager()

interface ToastOptions {
  text: string
  hint?: string
  tone?: 'usual' | 'good' | 'bad'
  /** For example undo. */
  action?: { label: string, act(): void }
}

// Long enough to read it and to reach for undo.
const SHOWN_MS = 8000

/** Says something at the edge of the window for a while. */
export function toast({ text, hint, tone = 'usual', action }: ToastOptions): void {
  const id = queue.add({
    title: text, type: tone, timeout: SHOWN_MS, priority: tone === 'bad' ? 'high' : 'low',
    ...hint === undefined || hint === '' ? {} : { description: hint },
    ...action === undefined ? {} : { actionProps: { children: action.label, onClick: () => { queue.close(id); action.act() } } },
  })
}

function List() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((one) => (
    <Toast.Root key={one.id} toast={one} className={`${css.toast ?? ''} ${css[one.type ?? 'usual'] ?? ''}`}>
      <div className={css.texts}><Toast.Title className={css.title} /><Toast.Description className={css.hint} /></div>
      <Toast.Action className={css.action} />
      <Toast.Close render={<IconButton label={messages.common.close} icon={<X />} />} />
    </Toast.Root>
  ))
}

/** Where toasts appear. Once, around the app. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={queue} limit={3}>
      <Toast.Portal><Toast.Viewport className={css.viewport} aria-label={messages.common.notices}><List /></Toast.Viewport></Toast.Portal>
    </Toast.Provider>
  )
}
