import type { Settings } from '../../../electron/contract/settings.ts'
import { messages } from '../../messages.ts'
import { useModels } from '../../stores/models.ts'
import { goWithin } from '../../stores/navigation.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { KeptText } from './kept-text.tsx'
import { spokenLanguages } from './speech-languages.ts'
import modelsCss from './models/models.module.css'
import css from './parts.module.css'

const text = messages.settings.speech

const languages = spokenLanguages()

/** As the contract has it. */
const MOST_LETTERS = 2000
/** From so few letters left on it is said how many. */
const FEW_LETTERS = 200

/** How a speech model listens. */
export function SpeechSettings() {
  const speech = useSettings(({ settings }) => settings.speech)
  const isMissing = useModels(({ overview }) => overview?.tasks.some(({ task, state }) => task === 'speech' && state !== 'installed') === true)
  const change = (part: Partial<Settings['speech']>): void => { void changeSettings({ speech: { ...speech, ...part } }) }
  const leftOf = (written: string): string | null => written.length < MOST_LETTERS - FEW_LETTERS ? null : text.promptLeft(MOST_LETTERS - written.length)
  return (
    <>
      <p className={css.text}>{text.text}</p>
      {isMissing ? (
        <div className={modelsCss.note} role="note">
          <p>{text.noModel}</p>
          <Button onClick={() => { goWithin({ view: 'settings', section: 'models', task: 'speech' }) }}>{text.toModels}</Button>
        </div>
      ) : null}
      <div className={css.block}>
        <div className={css.between}>
          <span className={css.label}>{text.language}</span>
          <Select label={text.language} value={speech.language ?? ''} options={languages} onChange={(code) => { change({ language: code === '' ? null : code }) }} />
        </div>
        <p className={css.text}>{text.languageHint}</p>
      </div>
      <KeptText
        label={text.prompt} hint={text.promptHint} value={speech.prompt} example={text.promptExample} most={MOST_LETTERS} isLong noteOf={leftOf}
        onKeep={(prompt) => { change({ prompt }) }}
      />
      <Switch label={text.translate} hint={text.translateHint} isOn={speech.translateToEnglish} onChange={(isOn) => { change({ translateToEnglish: isOn }) }} />
    </>
  )
}
