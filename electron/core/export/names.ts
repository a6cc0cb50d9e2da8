import { link, lstat, open, rename, rm, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import sanitize from 'sanitize-filename'
import { AppError } from '../errors.ts'
import { codeOf, writeError } from './file-errors.ts'
import { fillTemplate } from './name-template.ts'
import type { ClipPlan } from './plan.ts'

const LONGEST_NAME_BYTES = 255
/** Room for " (9999)" between the name and its extension. */
const NUMBER_BYTES = 7
const HIGHEST_NUMBER = 9999
/** Room for the longest extension, ".webm". */
const EXTENSION_BYTES = 5

/** Seconds as a part of a file name: 1h02m03.5s. */
export function nameOfTime(seconds: number): string {
  const thousandths = Math.round(seconds * 1000)
  const hours = Math.floor(thousandths / 3_600_000)
  const minutes = Math.floor(thousandths / 60_000) % 60
  const rest = (thousandths % 60_000) / 1000
  const two = (value: number): string => String(value).padStart(2, '0')
  const [whole = '0', fraction] = String(rest).split('.')
  const secondsText = fraction === undefined ? `${two(Number(whole))}s` : `${two(Number(whole))}.${fraction}s`
  return hours > 0 ? `${hours}h${two(minutes)}m${secondsText}` : `${minutes}m${secondsText}`
}

function shortenToBytes(text: string, bytes: number): string {
  let short = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += Buffer.byteLength(segment)
    if (used > bytes) break
    short += segment
  }
  return short
}

// Marks that turn the direction of text can make "gpj.exe" look like "exe.jpg".
const DIRECTION_MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g

// What Windows has for devices, also with blanks or anything behind a dot: sanitize() looks before it takes blanks and dots off the end, and knows fewer.
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?$/i

/**
 * A file name without extension that is safe on every system and short enough (255 bytes) with `extensionBytes` and a
 * number behind it; the title is shortened, never what comes after it.
 */
export function safeStem(title: string, suffix: string, extensionBytes: number): string {
  const tail = suffix === '' ? '' : ` ${suffix}`
  const room = LONGEST_NAME_BYTES - extensionBytes - NUMBER_BYTES - Buffer.byteLength(tail)
  const clean = sanitize(title.normalize('NFC').replace(DIRECTION_MARKS, '').trim().replace(/^\.+/, ''))
  const short = shortenToBytes(clean, room).replace(/[. ]+$/, '')
  return `${short === '' || DEVICE.test(short) ? 'clip' : short}${tail}`
}

interface ClipName {
  videoTitle: string
  /** Null for a span. */
  sceneIndex: number | null
  /** Seconds in the video. */
  start: number
  end: number
  /** The person's own name for the clip. */
  title: string | undefined
}

/** A clip's file name without its extension: its own title, or where it comes from. */
function stemOf({ videoTitle, sceneIndex, start, end, title }: ClipName): string {
  if (title !== undefined && title.trim() !== '') return safeStem(title, '', EXTENSION_BYTES)
  const suffix = sceneIndex === null ? `(${nameOfTime(start)}-${nameOfTime(end)})` : `(scene ${sceneIndex + 1}, ${nameOfTime(start)})`
  return safeStem(videoTitle, suffix, EXTENSION_BYTES)
}

/** 2026-11-21 by the clock of this machine. */
function dayOf(milliseconds: number): string {
  const day = new Date(milliseconds)
  return [String(day.getFullYear()), ...[day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0'))].join('-')
}

export interface NamedClip {
  /** Seconds in the video that the clip really has. */
  start: number
  end: number
  /** Its place in the export, from 0. */
  index: number
  /** How the person wants names; null: the usual ones. */
  template: string | null
}

/** The file name of a clip without its extension, safe on every system. The template was looked at by `refuseTemplate`. */
export function stemOfClip({ source, video, sceneIndex }: ClipPlan, { start, end, index, template }: NamedClip): string {
  const { title: videoTitle, modifiedMs, facts } = video
  if (template === null) return stemOf({ videoTitle, sceneIndex, start, end, title: source.title })
  const { recordedAt } = facts.media
  const own = source.title?.trim() ?? ''
  const filled = fillTemplate(template, {
    title: own === '' ? sceneIndex === null ? videoTitle : `${videoTitle} (scene ${String(sceneIndex + 1)})` : own,
    start: nameOfTime(start), end: nameOfTime(end), query: source.query ?? '', video: videoTitle,
    date: dayOf(recordedAt === null ? modifiedMs : Date.parse(recordedAt)), n: String(index + 1).padStart(2, '0'),
  })
  return safeStem(filled, '', EXTENSION_BYTES)
}

async function isThere(file: string): Promise<boolean> {
  // A link that leads nowhere has the name all the same.
  return lstat(file).then(() => true, () => false)
}

async function isSameFile(file: string, other: string): Promise<boolean> {
  if (path.resolve(file) === path.resolve(other)) return true
  const both = await Promise.all([file, other].map((each) => stat(each).catch(() => null)))
  const [one, two] = both
  return one !== null && two !== null && one !== undefined && two !== undefined && one.dev === two.dev && one.ino === two.ino
}

/** Throws SAME_FILE when a clip of this name would stand where its source is. */
export async function refuseSource({ folder, fileName, sourcePath }: { folder: string, fileName: string, sourcePath: string }): Promise<void> {
  if (!await isSameFile(path.join(folder, fileName), sourcePath)) return
  throw new AppError('SAME_FILE', { message: `The clip would take the place of its source "${sourcePath}".`, hint: 'Choose another folder.' })
}

const WITHOUT_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK'])

/** Gives `from` the name `to` unless that is taken, at once and for good. False when it is taken. */
export async function nameIfFree(from: string, to: string): Promise<boolean> {
  try {
    // rename() overwrites, link() does not: of two that want the name at the same moment one gets it.
    await link(from, to)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (WITHOUT_HARD_LINKS.has(codeOf(error))) return claimAndRename(from, to)
    throw writeError(path.dirname(to), error)
  }
  await unlink(from)
  return true
}

/** For drives without hard links (FAT, exFAT, some shares): an empty file holds the name for a moment. */
async function claimAndRename(from: string, to: string): Promise<boolean> {
  try {
    await (await open(to, 'wx')).close()
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw writeError(path.dirname(to), error)
  }
  try {
    await rename(from, to)
  } catch (error) {
    await rm(to, { force: true })
    throw error
  }
  return true
}

export interface NamedFiles {
  /** The finished clip under its passing name. */
  part: string
  folder: string
  stem: string
  /** Of the clip: ".mp4". */
  extension: string
  /** Extensions of files that will stand beside it under the same stem. */
  besides: string[]
}

/** Gives the finished file its name: the stem, or the stem with " (2)", " (3)", ... Never overwrites. Gives the path it got. */
export async function giveName({ part, folder, stem, extension, besides }: NamedFiles): Promise<string> {
  for (let number = 1; number <= HIGHEST_NUMBER; number += 1) {
    const numbered = number === 1 ? stem : `${stem} (${number})`
    const taken = await Promise.all(besides.map((extension) => isThere(path.join(folder, `${numbered}${extension}`))))
    const target = path.join(folder, `${numbered}${extension}`)
    if (!taken.includes(true) && await nameIfFree(part, target)) return target
  }
  throw new AppError('USAGE', { message: `"${folder}" has ${String(HIGHEST_NUMBER)} clips of this name.`, hint: 'Choose another folder.' })
}
