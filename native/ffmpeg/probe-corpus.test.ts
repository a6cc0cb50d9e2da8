import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasSharedMedia, sharedMedia } from '../../e2e/shared-media.ts'
import { isRefusal } from '../../electron/core/errors.ts'
import { locateTools } from './locate.ts'
import { probeFile } from './probe.ts'
import { programSeconds } from './test-processor-time.ts'

/**
 * Files of the test suites of others, and what each must be refused as; all that are not named here are videos and have
 * facts. Judged one by one against the list of bad inputs, with ffmpeg 5.1: a newer one decodes VVC and xHE-AAC.
 */
const refused: Record<string, string[]> = {
  NOT_MEDIA: [
    'androidx_media/200kB-garbage-prefix.mp3',
    'exiftool_exiftool/Flash.swf',
  ],
  NO_VIDEO: [
    'androidx_media/bbb_mono_8kHz_12.2kbps_amrnb.3gp',
    'androidx_media/bear_vorbis_gap.ogg',
    'androidx_media/long_edit_list_audioonly.mp4',
    'androidx_media/sample_ait.ts',
    'androidx_media/sample_dts_express.mp4',
    'androidx_media/sample_dts_express.ts',
    'androidx_media/sample_dts_hd_across_pes.ts',
    'androidx_media/sample_dts_hd_ma.ts',
    'androidx_media/sample_eac3.ts',
    'androidx_media/sample_eac3joc.ts',
    'androidx_media/sample_latm.ts',
    'exiftool_exiftool/MXF.mxf',
    'mozilla_mp4parse-rust/afconvert-aac-0.5s.mp4',
    'mozilla_mp4parse-rust/amr_nb_1f.3gp',
    'mozilla_mp4parse-rust/bipbop_audioinit.mp4',
    'mozilla_mp4parse-rust/bipbop_cbcs_audio_init.mp4',
    'mozilla_mp4parse-rust/opus_audioinit.mp4',
  ],
  UNREADABLE: [
    'androidx_media/invalid_ogg_header',
    'androidx_media/sample_malformed_free_box.mp4',
    'exiftool_exiftool/ASF.wmv',
    'exiftool_exiftool/M2TS.mts',
    'exiftool_exiftool/WTV.wtv',
    'mozilla_mp4parse-rust/zero_empty_stsc.mp4',
  ],
  IMAGE: [
    'androidx_media/pixel-motion-photo-shortened.jpg',
    'androidx_media/sample_still_photo.heic',
    'androidx_media/white-1x1.jpg',
    'exiftool_exiftool/GIF.gif',
  ],
  UNSUPPORTED_CODEC: [
    'androidx_media/sample_ac4.mp4',
    'androidx_media/sample_iamf.mp4',
    'androidx_media/sample_mhm1_bl_configchange.mp4',
    'androidx_media/sample_mpegh_bl_cicp1_cont.ts',
    'androidx_media/sample_mpegh_bl_cicp1_multi.ts',
    'androidx_media/sample_mpegh_bl_cicp1_single.ts',
    'androidx_media/sample_mpegh_bl_configchange_multi.ts',
    'androidx_media/sample_mpegh_lcbl_cicp1_cont.ts',
    'androidx_media/sample_mpegh_lcbl_cicp1_multi.ts',
    'androidx_media/sample_mpegh_lcbl_cicp1_single.ts',
    'androidx_media/sample_mpegh_lcbl_configchange_cont.ts',
    'androidx_media/sample_vvc.mp4',
    'mozilla_mp4parse-rust/sine-3s-xhe-aac-44khz-mono.mp4',
  ],
  DRM: [
    'androidx_media/sample_fragmented_clearkey.mp4',
    'mozilla_mp4parse-rust/av1-clearkey-cbcs-video.mp4',
    'mozilla_mp4parse-rust/bipbop_cbcs_video_init.mp4',
    'mozilla_mp4parse-rust/short-cenc.mp4',
  ],
  NO_FRAMES: [
    'androidx_media/sample_with_sdt.ts',
    'exiftool_exiftool/QuickTime.mov',
    'exiftool_exiftool/RIFF.avi',
    'mozilla_mp4parse-rust/bipbop_nonfragment_header.mp4',
    'mozilla_mp4parse-rust/invalid_userdata.mp4',
  ],
}

const codes = new Map(Object.entries(refused).flatMap(([code, files]) => files.map((file) => [file, code])))

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[.](?:tsv|json)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort()
}

/** `seconds` of work of the programs that were asked, those of a file that was probed at the same time among them. */
interface Outcome { file: string, outcome: string, seconds: number }

async function outcomes(root: string, files: string[]): Promise<Outcome[]> {
  const tools = locateTools()
  const found: Outcome[] = []
  const left = [...files]
  const worker = async (): Promise<void> => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const before = programSeconds()
      const outcome = await probeFile(tools, path.join(root, file), new AbortController().signal).then(() => 'ok', (error: unknown) => {
        if (isRefusal(error)) return error.code
        throw error
      })
      found.push({ file, outcome, seconds: programSeconds() - before })
    }
  }
  await Promise.all([worker(), worker()])
  return found.sort((a, b) => a.file < b.file ? -1 : 1)
}

const plain = (found: Outcome[]): string[] => found.map(({ file, outcome }) => `${file}: ${outcome}`)

describe.skipIf(!hasSharedMedia)('real files (needs the shared test media)', () => {
  it('that are odd, hostile or broken end as what they are, each with less than 5 seconds of work', { timeout: 120_000 }, async () => {
    const files = filesBelow(sharedMedia('corpus'))
    expect(files.length).toBeGreaterThan(100)
    const found = await outcomes(sharedMedia('corpus'), files)
    expect(plain(found)).toEqual(files.map((file) => `${file}: ${codes.get(file) ?? 'ok'}`))
    expect(found.filter(({ seconds }) => seconds >= 5)).toEqual([])
  })

  it('that are ordinary all have facts', { timeout: 120_000 }, async () => {
    const files = filesBelow(sharedMedia('videos'))
    expect(files.length).toBeGreaterThan(26)
    const found = await outcomes(sharedMedia('videos'), files)
    expect(plain(found)).toEqual(files.map((file) => `${file}: ok`))
    expect(found.filter(({ seconds }) => seconds >= 5)).toEqual([])
  })

  it.each([
    ['androidx_media/sample_rotate_and_reflect.mp4', { rotationDegrees: 90, isMirrored: true }],
    ['mozilla_mp4parse-rust/no_timescale.mp4', { rotationDegrees: 0, isMirrored: false, startPts: 166 }],
    ['dmlc_decord/video_180.mov', { rotationDegrees: 180, isMirrored: false }],
    ['androidx_media/hdr10-av1.mp4', { dynamicRange: 'hdr10', bitDepth: 10, codec: 'av1' }],
    ['androidx_media/hlg10-color-test.mp4', { dynamicRange: 'hlg', bitDepth: 10 }],
    ['androidx_media/sample_android_slow_motion.mp4', { isVariableRate: true }],
    ['androidx_media/edit_list_positive_shift.mp4', { startPts: 15360, timeBase: { num: 1, den: 15360 } }],
    ['mozilla_mp4parse-rust/h264_white_frame_sar_16_9.mp4', { sampleAspect: { num: 16, den: 9 } }],
    ['mozilla_mp4parse-rust/metadata_gnre.mp4', { index: 0, codec: 'h264' }],
    ['pytorch_torchcodec/nasa_13013.mp4', { index: 3, width: 480, height: 270 }],
    ['pytorch_torchcodec/bt709_full_range.mp4', { colour: { range: 'pc', matrix: 'bt709', transfer: 'bt709', primaries: 'bt709' } }],
  ])('%s has the picture that it should have', async (file, picture) => {
    const facts = await probeFile(locateTools(), sharedMedia('corpus', file), new AbortController().signal)
    expect(facts.picture).toMatchObject(picture)
  })

  it('whose sound can not be decoded are taken without it', async () => {
    const { sounds, chosenSound } = await probeFile(locateTools(), sharedMedia('corpus', 'androidx_media/sample_missing_stsd.mp4'), new AbortController().signal)
    expect({ decodable: sounds.map(({ isDecodable }) => isDecodable), chosenSound }).toEqual({ decodable: [false], chosenSound: null })
  })
})
