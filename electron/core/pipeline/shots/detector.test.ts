import { describe, expect, it } from 'vitest'
import { createShotDetector, WARM_UP_SECONDS } from './detector.ts'
import { boundariesOf, filmOf, lit, mix, moved, over, place, plain, randomFrom, shot } from './test-pictures.ts'
import type { ShotBoundary, SmallFrame } from './detector.ts'
import type { Picture } from './test-pictures.ts'

const [river, street, forest, room] = [place(1), place(2), place(3), place(4)]
const still = (picture: Picture, count = 60): Picture[] => shot(count, () => picture)
/** A hand-held shot: the camera drifts and shakes. */
const handheld = (picture: Picture, count = 60): Picture[] => shot(count, (i) => moved(picture, 1.2 * Math.sin(i / 5) + i / 20, 0.8 * Math.sin(i / 3)))
/** `share` runs from just above 0 to just below 1 over `count` frames. */
const during = (count: number, picture: (share: number) => Picture): Picture[] => shot(count, (i) => picture((i + 1) / (count + 1)))
const kinds = (boundaries: readonly ShotBoundary[]): string[] => boundaries.map(({ kind }) => kind)

describe('a new shot', () => {
  it('begins at the first frame after a hard cut', () => {
    expect(boundariesOf(filmOf([...handheld(river), ...handheld(street)]))).toEqual([{ kind: 'cut', startPts: 2000, endPts: 2000 }])
  })

  it('is seen when only the framing of the same place jumps', () => {
    expect(boundariesOf(filmOf([...still(river), ...still(moved(river, 31, 12))]))).toEqual([{ kind: 'cut', startPts: 2000, endPts: 2000 }])
  })

  it('is seen in dark pictures', () => {
    expect(boundariesOf(filmOf([...still(lit(river, 0.35)), ...still(lit(street, 0.35))]))).toHaveLength(1)
  })

  it('may last only a quarter of a second', () => {
    expect(boundariesOf(filmOf([...still(river), ...still(street, 8), ...still(forest)])).map(({ startPts }) => startPts)).toEqual([2000, 2267])
  })

  it.each([8, 15, 30, 60])('comes by a dissolve of %i frames as one boundary', (count) => {
    const found = boundariesOf(filmOf([...still(river), ...during(count, (share) => mix(river, street, share)), ...still(street)]))
    expect(kinds(found)).toEqual(['dissolve'])
    expect(Math.abs((found[0]?.startPts ?? 0) - 2000)).toBeLessThan(150)
    expect(Math.abs((found[0]?.endPts ?? 0) - (2000 + (count * 1000) / 30))).toBeLessThan(200)
  })

  it('comes by a dissolve between two hand-held shots', () => {
    const a = handheld(river, 90)
    const b = handheld(street, 90)
    const dissolve = during(20, (share) => mix(a[69 + Math.round(share * 21)] ?? river, b[Math.round(share * 20)] ?? street, share))
    expect(kinds(boundariesOf(filmOf([...a.slice(0, 70), ...dissolve, ...b.slice(20)])))).toEqual(['dissolve'])
  })

  it.each([['black', 0], ['white', 255]])('comes by a fade through %s as one boundary from first to last frame', (_, value) => {
    const out = during(20, (share) => mix(river, plain(value), share))
    const into = during(20, (share) => mix(plain(value), street, share))
    const found = boundariesOf(filmOf([...still(river), ...out, ...still(plain(value), 12), ...into, ...still(street)]))
    expect(kinds(found)).toEqual(['fade'])
    expect(Math.abs((found[0]?.startPts ?? 0) - 2000)).toBeLessThan(150)
    expect(Math.abs((found[0]?.endPts ?? 0) - 3733)).toBeLessThan(150)
  })

  it('comes by a cut to black and a fade from it as one fade', () => {
    const into = during(20, (share) => mix(plain(0), street, share))
    expect(kinds(boundariesOf(filmOf([...still(river), ...still(plain(0), 10), ...into, ...still(street)])))).toEqual(['fade'])
  })

  it('comes by a wipe', () => {
    const wipe = during(20, (share) => over(river, street, (x) => x < 48 * share))
    expect(kinds(boundariesOf(filmOf([...still(river), ...wipe, ...still(street)])))).toEqual(['wipe'])
  })

  it.each([8, 15, 30])('comes by a push of %i frames', (count) => {
    const push = during(count, (share) => over(moved(river, 48 * share), moved(street, 48 * share - 48), (x) => x + 48 * share >= 48))
    expect(kinds(boundariesOf(filmOf([...still(river), ...push, ...still(street)])))).toEqual(['wipe'])
  })
})

describe('a new shot in other colours', () => {
  /** Green, bright on the left, with a blue stripe across, as the camera comes nearer. */
  const meadow = (i: number): Picture => (x, y) => {
    const near = 1 + i / 200
    const [r, g, b] = river(x / near, y / near)
    const stripe = x + y / 2 > 14 && x + y / 2 < 26
    return stripe ? [40, 90 + g * 0.3, 255 - b * 0.4] : [Math.max(0, 110 - x * 5) + r * 0.15, 230 - x * 2.8 + g * 0.15, b * 0.2]
  }
  const sunset: Picture = (x) => [250 - x * 1.2, 190 - x * 2.6, 20]

  it('comes by a dissolve though it is bright and dark in the same places', () => {
    const dissolve = shot(25, (i) => mix(meadow(60 + i), sunset, (i + 1) / 26))
    const found = boundariesOf(filmOf([...shot(60, meadow), ...dissolve, ...still(sunset)], 25))
    expect(kinds(found)).toEqual(['dissolve'])
    expect(Math.abs((found[0]?.startPts ?? 0) - 2400)).toBeLessThan(150)
    expect(Math.abs((found[0]?.endPts ?? 0) - 3400)).toBeLessThan(200)
  })

  it('is not begun by a stage light that turns from green to orange', () => {
    const under = (red: number, green: number, blue: number): Picture => (x, y) => {
      const [r, g, b] = river(x, y)
      return [r * red, g * green, b * blue]
    }
    const [green, orange] = [under(0.3, 1, 0.3), under(1, 0.55, 0.1)]
    expect(boundariesOf(filmOf([...still(green), ...during(25, (share) => mix(green, orange, share)), ...still(orange)]))).toEqual([])
  })

  it('is not begun by a camera that turns quickly to a wall in another colour', () => {
    const walls: Picture = (x, y) => {
      const [r, g, b] = room(x, y)
      return x < 30 ? [r, g * 0.4, b * 0.3] : [r * 0.3, g * 0.5, b]
    }
    const turning = during(30, (share) => moved(walls, 15 - 15 * Math.cos(Math.PI * share)))
    expect(boundariesOf(filmOf([...still(walls), ...turning, ...still(moved(walls, 30))]))).toEqual([])
  })
})

describe('no new shot', () => {
  const none: [string, Picture[]][] = [
    ['a camera flash', [...still(river), ...still(lit(river, 0.2, 200), 2), ...still(river)]],
    ['three flashes in a row', [...still(river), ...shot(30, (i) => (i % 10 < 2 ? lit(river, 0.1, 225) : river)), ...still(river)]],
    ['a shaking camera', shot(150, (i) => moved(river, 3 * Math.sin(i * 1.9), 2 * Math.sin(i * 1.3)))],
    ['a slow pan', shot(300, (i) => moved(river, i * 0.2))],
    ['a fast pan', shot(150, (i) => moved(river, i * 1.5))],
    ['a whip pan', [...still(river), ...shot(9, (i) => moved(river, (i + 1) * 5)), ...still(moved(river, 45))]],
    ['a zoom', shot(150, (i) => (x, y) => river((x - 24) * (1 - i / 250), (y - 13) * (1 - i / 250)))],
    ['light that rises', [...still(lit(river, 0.5)), ...during(15, (share) => lit(river, 0.5 + share / 2)), ...still(river)]],
    ['a light switched on', [...still(lit(river, 0.6)), ...still(lit(river, 0.75, 20))]],
    ['a caption that appears and goes', [...still(river), ...still(over(river, plain(240), (x, y) => y > 19 && x > 4 && x < 32)), ...still(river)]],
    ['a title that fades in', [...still(river), ...during(20, (share) => over(river, mix(river, plain(240), share), (x, y) => y > 8 && y < 18 && x > 6 && x < 42)), ...still(river)]],
    ['a large thing passing by', shot(150, (i) => over(river, plain(40), (x) => Math.abs(x - (i - 40)) < 8))],
    ['a fade from black at the very start', [...still(plain(0), 20), ...during(30, (share) => mix(plain(0), river, share)), ...still(river)]],
    ['a fade to black at the very end', [...still(river), ...during(30, (share) => mix(river, plain(0), share)), ...still(plain(0), 20)]],
  ]
  it.each(none)('%s', (_, pictures) => {
    expect(boundariesOf(filmOf(pictures))).toEqual([])
  })
})

describe('any frame rate', () => {
  /** The river, at 1.2 s a cut to the street, from 2.2 s on a dissolve of 0.8 s to the forest. */
  const cutAt = 1200
  const scene = (seconds: number): Picture => {
    if (seconds * 1000 < cutAt) return moved(river, seconds)
    return mix(moved(street, seconds), moved(forest, -seconds), Math.min(1, Math.max(0, (seconds - 2.2) / 0.8)))
  }
  const expectBoth = (frames: readonly SmallFrame[], frameSeconds: number): void => {
    const found = boundariesOf(frames)
    expect(kinds(found)).toEqual(['cut', 'dissolve'])
    expect(Math.abs((found[0]?.startPts ?? 0) - cutAt)).toBeLessThanOrEqual(frameSeconds * 1000 + 1)
  }

  it.each([10, 24, 25, 29.97, 60])('%f frames a second', (fps) => {
    const count = Math.round(4 * fps)
    expectBoth(filmOf(shot(count, (i) => scene(i / fps)), fps), 1 / fps)
  })

  it('1000 frames a second', () => {
    expectBoth(filmOf(shot(4000, (i) => scene(i / 1000)), 1000), 0.001)
  })

  it('frames at uneven times', () => {
    const random = randomFrom(5)
    let at = 0
    const times = Array.from({ length: 140 }, () => (at += 10 + Math.floor(random() * 40)))
    expectBoth(filmOf(times.map((pts) => scene(pts / 1000))).map((frame, i) => ({ ...frame, pts: times[i] ?? 0, seconds: (times[i] ?? 0) / 1000 })), 0.05)
  })

  it('key frames seconds apart give cuts between them only', () => {
    const pictures = [...still(river, 3), ...still(street, 2), ...still(forest, 4)]
    const found = boundariesOf(filmOf(pictures, 0.25))
    expect(found).toEqual([{ kind: 'cut', startPts: 12000, endPts: 12000 }, { kind: 'cut', startPts: 20000, endPts: 20000 }])
  })
})

describe('a long video', () => {
  const random = randomFrom(11)
  const places = [river, street, forest, room]
  const pictures: Picture[] = []
  for (let k = 0; k < 26; k++) {
    const [a, b] = [places[k % 4] ?? river, places[(k + 1) % 4] ?? river]
    pictures.push(...handheld(a, 20 + Math.floor(random() * 70)))
    if (k % 3 === 1) pictures.push(...during(5 + Math.floor(random() * 40), (share) => mix(a, b, share)))
    if (k % 7 === 2) pictures.push(...during(15, (share) => mix(a, plain(0), share)), ...still(plain(0), 8), ...during(20, (share) => mix(plain(0), b, share)))
  }
  const film = filmOf(pictures)
  const whole = boundariesOf(film)

  it('has every kind of boundary, in order', () => {
    expect(new Set(kinds(whole))).toEqual(new Set(['cut', 'dissolve', 'fade']))
    expect(whole.map(({ startPts }) => startPts)).toEqual(whole.map(({ startPts }) => startPts).toSorted((a, b) => a - b))
  })

  it('resumes exactly: a detector fed from WARM_UP_SECONDS before any P gives the same boundaries after P', () => {
    const end = film.at(-1)?.seconds ?? 0
    for (let round = 0; round < 8; round++) {
      const from = WARM_UP_SECONDS + random() * (end - WARM_UP_SECONDS)
      const after = (boundaries: readonly ShotBoundary[]): ShotBoundary[] => boundaries.filter(({ startPts }) => startPts >= from * 1000)
      expect(after(boundariesOf(film.filter(({ seconds }) => seconds >= from - WARM_UP_SECONDS)))).toEqual(after(whole))
    }
  })

  it('is settled with a delay of a few seconds, and what is settled does not change', () => {
    const detector = createShotDetector()
    const seen: ShotBoundary[] = []
    for (const frame of film) {
      const before = detector.settledPts
      const { boundaries } = detector.push(frame)
      for (const boundary of boundaries) expect(boundary.startPts).toBeGreaterThanOrEqual(before)
      for (const boundary of boundaries) expect(boundary.startPts).toBeLessThan(detector.settledPts)
      seen.push(...boundaries)
      if (frame.seconds > 10) expect(frame.pts - detector.settledPts).toBeLessThan(10_000)
    }
    expect([...seen, ...detector.flush()]).toEqual(whole)
  })
})

describe('the look of a frame', () => {
  it('says how bright it is and how much moved', () => {
    const detector = createShotDetector()
    const [dark, bright, changed] = filmOf([plain(0), plain(255), room]).map((frame) => detector.push(frame).look)
    expect(dark?.brightness).toBeLessThan(0.05)
    expect(bright?.brightness).toBeGreaterThan(0.95)
    expect(dark?.motion).toBe(0)
    expect(changed?.motion).toBeGreaterThan(0.5)
    expect(changed?.contrast).toBeGreaterThan(bright?.contrast ?? 1)
  })

  it('of a video without frames is nothing', () => {
    expect(createShotDetector().flush()).toEqual([])
  })
})
