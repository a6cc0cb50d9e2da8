import { messages } from '../../messages.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { ChoiceBar } from '../export/choices/choice-bar.tsx'
import { FolderChoice } from '../export/folder-choice.tsx'
import css from './parts.module.css'

const { playback, appearance, settings } = { playback: messages.settings.playback, appearance: messages.settings.appearance, settings: messages.settings }

const sizes = (['small', 'medium', 'large'] as const).map((value) => ({ value, label: playback.sizes[value] }))
const themes = (['system', 'dark', 'light'] as const).map((value) => ({ value, label: appearance.themes[value] }))

/** Captions in the player. */
export function PlaybackSettings() {
  const captions = useSettings((state) => state.settings.captions)
  return (
    <>
      <Switch label={playback.captions} hint={playback.captionsHint} isOn={captions.shown} onChange={(shown) => { void changeSettings({ captions: { ...captions, shown } }) }} />
      <div className={css.block}>
        <div className={css.between}>
          <span className={css.label}>{playback.size}</span>
          <Select label={playback.size} value={captions.size} options={sizes} onChange={(size) => { void changeSettings({ captions: { ...captions, size } }) }} />
        </div>
        <div className={`${css.sample ?? ''} ${css[captions.size] ?? ''}`} role="img" aria-label={playback.sampleLabel}>{captions.shown ? <span>{playback.sample}</span> : null}</div>
      </div>
    </>
  )
}

/** What an export starts with. */
export function ExportSettings() {
  return (
    <>
      <p className={css.text}>{settings.export.text}</p>
      <ChoiceBar clip={null} hasReel={false} />
      <FolderChoice />
      <p className={css.text}>{settings.export.verified}</p>
    </>
  )
}

/** Dark or light. */
export function AppearanceSettings() {
  const theme = useSettings((state) => state.settings.theme)
  return (
    <>
      <div className={css.between}>
        <span className={css.label}>{appearance.theme}</span>
        <Select label={appearance.theme} value={theme} options={themes} onChange={(chosen) => { void changeSettings({ theme: chosen }) }} />
      </div>
      <p className={css.text}>{appearance.hint}</p>
    </>
  )
}

/** Where the keys are listed. */
export function ShortcutSettings({ onShow }: { onShow(): void }) {
  return (
    <>
      <p className={css.text}>{settings.shortcuts.text}</p>
      <div><Button onClick={onShow}>{settings.shortcuts.show}</Button></div>
    </>
  )
}
