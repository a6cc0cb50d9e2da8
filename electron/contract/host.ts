import { z } from 'zod'
import { ErrorShape } from './errors.ts'

/** What is asked of the program around the engine: the window, the dialogs, the file system as a person picks from it. */
export const HostInfo = z.object({
  kind: z.enum(['desktop', 'web']),
  platform: z.string(),
  version: z.string(),
  /** Media lie under this address: `<mediaBase>/video/<id>`, `/frame/<sceneId>`, `/picture/<videoId>/<milliseconds>`, `/proxy/<videoId>/<piece>`. */
  mediaBase: z.string(),
  /** Appended to every media address as it is, with its question mark; empty where none is needed. */
  mediaQuery: z.string(),
  can: z.object({
    /** Native dialogs for files and folders. Otherwise the app's own picker with `host.browse`. */
    pick: z.boolean(),
    showInFolder: z.boolean(),
    dragOut: z.boolean(),
    /** Files dropped into the page have no path here and are sent to the library's `imports/`. */
    upload: z.boolean(),
  }),
})
export type HostInfo = z.infer<typeof HostInfo>

export const BrowseEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'video', 'other']),
  bytes: z.number().nullable(),
  modifiedMs: z.number().nullable(),
})
export type BrowseEntry = z.infer<typeof BrowseEntry>

export const Browsed = z.object({
  folder: z.string(),
  /** Null at the top. */
  parent: z.string().nullable(),
  entries: z.array(BrowseEntry),
  /** Home, Videos, Downloads, drives. */
  places: z.array(z.object({ name: z.string(), path: z.string() })),
})
export type Browsed = z.infer<typeof Browsed>

/** Calls that the host answers itself. */
export const hostCalls = {
  'host.info': { input: z.object({}), output: HostInfo },
  /** Null when the person cancelled. Only where `can.pick`. */
  'host.pick': { input: z.object({ what: z.enum(['videos', 'folder', 'archive']), title: z.string() }), output: z.object({ paths: z.array(z.string()).nullable() }) },
  /** One folder of this machine; the person's home when null. Throws NOT_FOUND and NO_ACCESS. */
  'host.browse': { input: z.object({ folder: z.string().nullable() }), output: Browsed },
  'host.makeFolder': { input: z.object({ parent: z.string(), name: z.string().min(1) }), output: z.object({ path: z.string() }) },
  /** Only where `can.showInFolder`. */
  'host.showInFolder': { input: z.object({ path: z.string() }), output: z.object({}) },
  /** Begins to drag finished files out of the window. Only where `can.dragOut`. */
  'host.dragOut': { input: z.object({ paths: z.array(z.string()).min(1) }), output: z.object({}) },
} as const

/** What the host tells the page unasked. */
export const HostEvent = z.discriminatedUnion('type', [
  /** Chosen from a native menu. */
  z.object({ type: z.literal('menu'), action: z.enum(['import-files', 'import-folder', 'search', 'library', 'activity', 'tray', 'settings', 'shortcuts', 'about']) }),
  /** The engine ended by itself and is started again, or not any more: then with the reason, where it could tell one. */
  z.object({ type: z.literal('engine'), state: z.enum(['running', 'restarting', 'given-up']), error: ErrorShape.nullable().default(null) }),
])
export type HostEvent = z.infer<typeof HostEvent>
