import { messages } from '../../messages.ts'
import { bytesText, roughTimeText } from '../../time-text.ts'
import { Answered } from './answered.tsx'
import { questions, useAnswer } from './use-answer.ts'
import css from './parts.module.css'

const text = messages.settings.library

/** Where the library lies, and what is in it. */
export function LibrarySettings() {
  const asked = useAnswer(questions.facts)
  return (
    <>
      <p className={css.text}>{text.sources}</p>
      <Answered asked={asked}>
        {(facts) => (
          <dl className={css.facts}>
            <dt>{text.folder}</dt><dd>{facts.folder}</dd>
            <dt>{text.videos}</dt><dd>{facts.videos.toLocaleString('en')}</dd>
            <dt>{text.scenes}</dt><dd>{facts.scenes.toLocaleString('en')}</dd>
            <dt>{text.length}</dt><dd>{facts.seconds === 0 ? text.none : roughTimeText(facts.seconds)}</dd>
            <dt>{text.database}</dt><dd>{bytesText(facts.databaseBytes)}</dd>
            <dt>{text.artifacts}</dt><dd>{bytesText(facts.artifactBytes)}</dd>
            <dt>{text.free}</dt><dd>{bytesText(facts.freeBytes)}</dd>
          </dl>
        )}
      </Answered>
      <section className={css.block}>
        <h2>{text.another}</h2>
        <p className={css.text}>{text.anotherText}</p>
        <code className={css.code}>{messages.settings.commands.library}</code>
        <p className={css.text}>{text.anotherVariable}</p>
        <code className={css.code}>{messages.settings.commands.libraryVariable}</code>
      </section>
    </>
  )
}
