// Whisper learnt from subtitles of the web and says their closing lines where nobody speaks. Collected from what its users report (openai/whisper,
// discussions 679 and 928, and the lists that other programs keep) and from the real outputs that the tests replay.
const CLOSING_LINES = [
  // English
  'Thanks for watching', 'Thank you for watching', 'Thank you very much for watching', 'Thanks for watching and see you next time', 'Thank you so much for watching',
  'Thanks for watching and don\'t forget to like and subscribe', 'Please subscribe', 'Please subscribe to my channel', 'Please like and subscribe', 'Like and subscribe',
  'Don\'t forget to subscribe', 'See you next time', 'See you in the next video', 'I\'ll see you in the next video', 'We\'ll be right back', 'Thanks for listening',
  'Subtitles by the Amara.org community', 'Subtitles by', 'Transcription by CastingWords', 'Transcribed by https://otter.ai', 'Transcript Emily Beynon', 'www.mooji.org',
  'ESO Translated by', 'Satsang with Mooji', 'For more information visit www.FEMA.gov',
  // German
  'Untertitel der Amara.org-Community', 'Untertitel von Stephanie Geiges', 'Untertitelung des ZDF', 'Untertitelung des ZDF für funk', 'Untertitel im Auftrag des ZDF für funk', 'Untertitel im Auftrag des ZDF',
  'Untertitelung aufgrund der Amara.org-Community', 'Untertitelung im Auftrag des ZDF', 'Copyright WDR', 'Vielen Dank fürs Zuschauen', 'Vielen Dank für die Aufmerksamkeit', 'Bis zum nächsten Mal',
  // French
  'Sous-titres réalisés par la communauté d\'Amara.org', 'Sous-titres réalisés para la communauté d\'Amara.org', 'Sous-titrage Société Radio-Canada', 'Sous-titrage ST\' 501', 'Sous-titres par Amara.org',
  'Merci d\'avoir regardé cette vidéo', 'Merci d\'avoir regardé', 'Abonnez-vous', 'Abonnez-vous à la chaîne',
  // Spanish, Portuguese, Italian
  'Subtítulos realizados por la comunidad de Amara.org', 'Subtítulos por la comunidad de Amara.org', 'Gracias por ver el video', 'Gracias por ver', '¡Suscríbete al canal!', 'Suscríbete',
  'Legendas pela comunidade Amara.org', 'Obrigado por assistir', 'Inscreva-se no canal', 'Sottotitoli creati dalla comunità Amara.org', 'Sottotitoli e revisione a cura di QTSS', 'Grazie per aver guardato il video',
  // Dutch, Polish, Swedish, Turkish
  'Ondertitels ingediend door de Amara.org gemeenschap', 'Ondertiteld door de Amara.org gemeenschap', 'Bedankt voor het kijken', 'Napisy stworzone przez społeczność Amara.org', 'Dziękuję za oglądanie',
  'Dziękuję za uwagę', 'Undertexter från Amara.org-gemenskapen', 'Altyazı M.K.', 'İzlediğiniz için teşekkür ederim', 'Abone olmayı unutmayın',
  // Russian, Ukrainian
  'Продолжение следует', 'Субтитры сделал DimaTorzok', 'Субтитры создавал DimaTorzok', 'Субтитры добавил DimaTorzok', 'Редактор субтитров А.Семкин Корректор А.Егорова', 'Спасибо за просмотр',
  'Подписывайтесь на канал', 'Дякую за перегляд',
  // Japanese, Chinese, Korean
  'ご視聴ありがとうございました', 'ご清聴ありがとうございました', 'チャンネル登録をお願いいたします', 'チャンネル登録よろしくお願いします', '次の動画でお会いしましょう', '請不吝點贊訂閱轉發打賞支持明鏡與點點欄目',
  '请不吝点赞 订阅 转发 打赏支持明镜与点点栏目', '谢谢观看', '謝謝觀看', '感谢观看', '字幕由Amara.org社区提供', '字幕由 Amara.org 社群提供', '中文字幕志愿者 李宗盛', '시청해주셔서 감사합니다', '구독과 좋아요 부탁드립니다', '다음 영상에서 만나요',
  // Arabic, Hindi
  'اشتركوا في القناة', 'ترجمة نانسي قنقر', 'شكرا على المشاهدة', 'देखने के लिए धन्यवाद',
]

/** Marks that the model itself puts where it hears nothing: nobody can say them. Sounds such as "[Music]" stay, as they help to find the moment. */
const EMPTY_MARKS = ['[BLANK_AUDIO]', '[BLANK AUDIO]', '(blank audio)', '[silence]', '(silence)', '[ Silence ]', '[NO SPEECH]', '[inaudible]', '(inaudible)']

/** Without case, punctuation and the year that credits end with. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '').replace(/(?<=\p{L})(?:19|20)\d{2}$/u, '')
}

const closing = new Set(CLOSING_LINES.map(plain))
const empty = new Set(EMPTY_MARKS.map(plain))

/** True for a mark of the model that it heard nothing. */
export function isEmptyMark(text: string): boolean {
  return /^[[(*]/.test(text.trim()) && empty.has(plain(text))
}

/** True for a line that is, whole, what Whisper is known to say in silence. People say some of them too: it takes more to refuse one. */
export function isClosingLine(text: string): boolean {
  return closing.has(plain(text))
}
