// Why a clip is not copied, or not cut at its edges only. The words are for a person, and the documentation is made of them.

/** Stands in the way of both. */
export const sourceRefusals = {
  'codec': 'Its codec can only be encoded anew.',
  'no-times': 'The file does not say when each of its pictures is shown.',
  'same-times': 'Several of its pictures are to be shown at the same time.',
  'edit-list': 'An edit list of the file leaves out pictures there.',
  'clock': 'The clock of the file is finer than its times can be moved by.',
  'held': 'The clip begins in the middle of a picture that stands for long.',
  'unreadable': 'Its packets can not be read there.',
} as const

export const copyRefusals = {
  ...sourceRefusals,
  'no-key-frame-before': 'No key frame that a player can begin with comes before.',
  'not-closed': 'The pictures at the end can not be taken apart.',
} as const

export const smartRefusals = {
  ...sourceRefusals,
  'no-key-frame-inside': 'No key frame that the middle could begin with lies inside.',
  'little-saved': 'Too little could be left as it is.',
  'interlaced': 'Its pictures are made of fields.',
  'hdr': 'What it says of its high dynamic range can not be written anew.',
  'pixel-format': 'Its pixel format can not be encoded to match.',
  'profile': 'Its profile can not be encoded to match.',
  'parameter-sets-change': 'What its decoder has to know changes on the way.',
  'parameter-sets-full': 'It has no number left for other parameter sets.',
  'no-parameter-sets': 'What its decoder has to know is not with its key frames.',
  'not-everywhere': 'Joined pieces of this codec do not play everywhere.',
} as const

export type CopyRefusal = keyof typeof copyRefusals
export type SmartRefusal = keyof typeof smartRefusals
