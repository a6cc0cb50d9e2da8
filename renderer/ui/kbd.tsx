import css from './kbd.module.css'

/** A key or several, written like `Ctrl+K`. */
export function Kbd({ keys }: { keys: string }) {
  return <kbd className={css.kbd}>{keys}</kbd>
}
