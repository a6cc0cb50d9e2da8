import { z } from 'zod'

/** Why a file was not taken into the library. The original is never touched. */
export const RefusalCode = z.enum([
  'EMPTY', 'NOT_MEDIA', 'NO_INDEX', 'UNREADABLE', 'PLAYLIST', 'IMAGE', 'NO_DURATION', 'NO_FRAMES', 'NO_VIDEO',
  'PICTURE_TOO_LARGE', 'DRM', 'UNSUPPORTED_CODEC', 'NOT_A_FILE', 'BROKEN_LINK', 'NO_ACCESS', 'BAD_NAME', 'IN_USE',
  'NOT_FOUND',
])
export type RefusalCode = z.infer<typeof RefusalCode>

/** Why something that was asked for did not happen. */
export const FailureCode = z.enum([
  'CANCELLED', 'USAGE', 'NOTHING_TO_DO', 'TOOL_MISSING', 'MODEL_MISSING', 'MODEL_DAMAGED', 'NETWORK_OFF', 'NETWORK_FAILED', 'OFFLINE', 'CHANGED', 'DISK_FULL', 'SAME_FILE',
  'EXPORT_UNVERIFIED', 'DECODE_FAILED', 'TIMED_OUT', 'QUARANTINED', 'LEASE_LOST',
  'LIBRARY_NOT_A_FOLDER', 'LIBRARY_READ_ONLY', 'LIBRARY_TOO_NEW', 'LIBRARY_DAMAGED', 'LIBRARY_BUSY', 'LIBRARY_GONE',
  'CHANNEL_CLOSED', 'BAD_MESSAGE', 'INTERNAL',
])
export type FailureCode = z.infer<typeof FailureCode>

export const ErrorCode = z.union([RefusalCode, FailureCode])
export type ErrorCode = z.infer<typeof ErrorCode>

/** An error as it crosses a process border: one sentence for a person, and what they can do about it. */
export const ErrorShape = z.object({ code: ErrorCode, message: z.string(), hint: z.string() })
export type ErrorShape = z.infer<typeof ErrorShape>
