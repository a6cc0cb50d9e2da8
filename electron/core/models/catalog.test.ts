import shippedLabels from '../../../resources/labels.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import shipped from '../../../resources/models.json' with { type: 'json' }
import { bytesOf, filesToFetch, mirrored, readCatalog, usualBytes, usualVariant, withRequired } from './catalog.ts'
import type { Catalog, ModelFile, ModelSpec, ModelVariant } from './model-spec.ts'

const catalog = readCatalog(shipped)

function model(id: string, of: Catalog = catalog): ModelSpec {
  const spec = of.models.find((candidate) => candidate.id === id)
  if (spec === undefined) throw new Error(`no ${id}`)
  return spec
}

function variantOf(spec: ModelSpec, name: string): ModelVariant {
  const variant = spec.variants.find((candidate) => candidate.name === name)
  if (variant === undefined) throw new Error(`no ${spec.id}/${name}`)
  return variant
}

function firstFile(spec: ModelSpec): ModelFile {
  const file = spec.files[0]
  if (file === undefined) throw new Error(`${spec.id} has no file`)
  return file
}

/** Reads the shipped catalog with one thing spoilt in it. */
function spoilt(spoil: (of: Catalog) => void): () => Catalog {
  const copy = structuredClone(catalog)
  spoil(copy)
  return () => readCatalog(copy)
}

describe('the shipped catalog', () => {
  it('has the models that people would choose, those for small machines first in each task', () => {
    const ids = (task: ModelSpec['task']) => catalog.models.filter((spec) => spec.task === task).map(({ id, tier }) => `${id} ${tier ?? ''}`)
    expect(ids('pictures')).toEqual(['clip-vit-base-patch32 small', 'siglip2-base-patch16-224 balanced', 'siglip-base-patch16-224 balanced', 'siglip2-so400m-patch16-384 best'])
    expect(ids('speech')).toEqual(['whisper-tiny small', 'whisper-base small', 'whisper-small balanced', 'whisper-large-v3-turbo best'])
    expect(ids('text')).toEqual(['bge-small-en-v1.5 small', 'bge-m3 best'])
    expect(ids('voice')).toEqual(['silero-vad small'])
  })

  it('offers whisper in q8, q5 and fp16, and each with the voice detector that it needs', () => {
    for (const spec of catalog.models.filter(({ task }) => task === 'speech')) {
      expect(spec.variants.map(({ name }) => name)).toEqual(['q8', 'q5', 'fp16'])
      expect(withRequired(catalog, spec.id).map(({ id }) => id)).toEqual(['silero-vad', spec.id])
    }
  })

  it('offers the picture models in fp32 and in less', () => {
    const names = (id: string) => model(id).variants.map(({ name }) => name)
    expect(names('clip-vit-base-patch32')).toEqual(['int8', 'q4', 'fp32'])
    expect(names('siglip-base-patch16-224')).toEqual(['int8', 'fp32'])
    expect(names('siglip2-base-patch16-224')).toEqual(['int8', 'q4-int8', 'fp32'])
    expect(names('siglip2-so400m-patch16-384')).toEqual(['fp32-int8', 'int8', 'fp32'])
  })

  it('is of files that cannot change: each address names a commit or a release', () => {
    for (const spec of catalog.models) {
      for (const file of filesToFetch(spec, spec.variants.map(({ name }) => name))) {
        expect(file.url).toContain(`/${spec.revision}/`)
        expect(file.url.endsWith(`/${file.path}`)).toBe(true)
      }
      expect(spec.revision).toMatch(/^([0-9a-f]{40}|v[\d.]+)$/)
    }
  })

  it('knows the sum of every file, but for four of the largest picture model, whose sizes are estimates', () => {
    const unknown = catalog.models.flatMap((spec) => {
      const files = filesToFetch(spec, spec.variants.map(({ name }) => name)).filter(({ sha256 }) => sha256 === null)
      return files.map((file) => [spec.id, file.path, file.isEstimate])
    })
    expect(unknown).toEqual([
      ['siglip2-so400m-patch16-384', 'config.json', true],
      ['siglip2-so400m-patch16-384', 'preprocessor_config.json', true],
      ['siglip2-so400m-patch16-384', 'tokenizer_config.json', true],
      ['siglip2-so400m-patch16-384', 'onnx/vision_model_quantized.onnx', true],
    ])
  })

  it('names where its facts were read, a licence and a page for every model', () => {
    for (const spec of catalog.models) {
      expect(spec.factsFrom.length).toBeGreaterThan(0)
      expect(spec.licence).toMatch(/^(MIT|Apache-2\.0)/)
      expect(spec.page).not.toBeNull()
    }
  })

  it('puts the words before a question that BGE for English was trained with, and none before a passage', () => {
    expect(model('bge-small-en-v1.5').prefixes).toEqual({ query: 'Represent this sentence for searching relevant passages: ', passage: '' })
    expect(model('bge-m3').prefixes).toEqual({ query: '', passage: '' })
  })

  it('keeps the weights of BGE M3 in fp32 beside its graph, under the name that the graph asks for', () => {
    expect(variantOf(model('bge-m3'), 'fp32').files.map((file) => file.path)).toEqual(['onnx/model.onnx', 'onnx/model.onnx_data'])
  })

  it('estimates memory by the one rule that is written at readCatalog', () => {
    const MIB = 2 ** 20
    const rule = { pictures: [2, 256], text: [2, 256], speech: [1.3, 256], voice: [0, 128] } as const
    for (const spec of catalog.models) {
      const [times, more] = rule[spec.task]
      expect(spec.memoryBytes).toBe(Math.ceil((usualBytes(spec) * times + more * MIB) / 1e6) * 1e6)
    }
  })
})

describe('the shipped labels', () => {
  const labels = Object.values(shippedLabels).flat()

  it('are about four hundred, in lower case, each once', () => {
    expect(labels.length).toBeGreaterThanOrEqual(350)
    expect(labels.length).toBeLessThanOrEqual(450)
    expect(labels.filter((label) => label !== label.toLowerCase().trim())).toEqual([])
    expect(new Set(labels).size).toBe(labels.length)
  })

  it('name places, people, animals, vehicles, food, weather and kinds of shot', () => {
    expect(labels).toEqual(expect.arrayContaining(['beach', 'crowd', 'dog', 'car', 'bread', 'rain', 'close-up', 'interview', 'aerial view', 'black and white film', 'text on screen']))
  })
})

describe('sizes and what comes along', () => {
  it('counts the usual variant with the files of all of them', () => {
    expect(usualVariant(model('clip-vit-base-patch32')).name).toBe('int8')
    expect(usualBytes(model('clip-vit-base-patch32'))).toBe(4524 + 520 + 2_224_119 + 775 + 89_117_001 + 64_504_507)
  })

  it('counts a file that two variants have once', () => {
    const spec = model('siglip2-base-patch16-224')
    expect(bytesOf(spec, ['int8', 'q4-int8'])).toBe(bytesOf(spec, ['int8']) + 63_267_466)
  })

  it('refuses the name of a variant that there is not', () => {
    expect(() => bytesOf(model('bge-m3'), ['q2'])).toThrow('bge-m3 has no variant q2')
  })

  it('gives nothing for a model that is not in the catalog, and ends where two models require each other', () => {
    expect(withRequired(catalog, 'nothing')).toEqual([])
    const round = structuredClone(catalog)
    model('silero-vad', round).requires = ['whisper-tiny']
    expect(withRequired(round, 'whisper-tiny').map(({ id }) => id)).toEqual(['silero-vad', 'whisper-tiny'])
  })
})

describe('a mirror', () => {
  const url = 'https://huggingface.co/Xenova/bge-m3/resolve/main/config.json'

  it('is asked with the same path, with or without a slash at its end and with a path of its own', () => {
    expect(mirrored(url, 'https://hub.example')).toBe('https://hub.example/Xenova/bge-m3/resolve/main/config.json')
    expect(mirrored(url, 'http://127.0.0.1:8080/hub/')).toBe('http://127.0.0.1:8080/hub/Xenova/bge-m3/resolve/main/config.json')
  })

  it('is not asked for what the hub does not have, nor where there is none', () => {
    expect(mirrored(url, null)).toBe(url)
    expect(mirrored('https://github.com/a/b', 'https://hub.example')).toBe('https://github.com/a/b')
    expect(mirrored('https://huggingface.co.example/a', 'https://hub.example')).toBe('https://huggingface.co.example/a')
  })
})

describe('a wrong catalog is refused', () => {
  it('with an id twice', () => {
    expect(spoilt((of) => of.models.push(model('silero-vad', of)))).toThrow('silero-vad is listed twice.')
  })

  it.each(['../config.json', 'onnx/../../x', '/etc/passwd', 'onnx\\model.onnx', 'C:/model.onnx', 'onnx//model.onnx', './model.onnx', 'a\0b'])('with the path %j', (wrong) => {
    expect(spoilt((of) => { firstFile(model('bge-m3', of)).path = wrong })).toThrow('leaves the folder of the model')
  })

  it('with two different files of one name', () => {
    expect(spoilt((of) => { firstFile(model('bge-m3', of)).path = 'tokenizer.json' })).toThrow('two different files are called tokenizer.json')
  })

  it('with a sum for a file whose size is an estimate', () => {
    expect(spoilt((of) => { firstFile(model('bge-m3', of)).isEstimate = true })).toThrow('the size of config.json is an estimate, but its sum is known')
  })

  it('with a required model that is not there, or that is the model itself', () => {
    expect(spoilt((of) => { model('whisper-tiny', of).requires = ['marblenet'] })).toThrow('it requires marblenet')
    expect(spoilt((of) => { model('whisper-tiny', of).requires = ['whisper-tiny'] })).toThrow('it requires whisper-tiny')
  })

  it('with no usual variant, with two, or with two of one name', () => {
    expect(spoilt((of) => { variantOf(model('bge-m3', of), 'int8').isUsual = false })).toThrow('bge-m3: 0 usual variants')
    expect(spoilt((of) => { variantOf(model('bge-m3', of), 'fp32').isUsual = true })).toThrow('bge-m3: 2 usual variants')
    expect(spoilt((of) => { variantOf(model('bge-m3', of), 'fp32').name = 'int8' })).toThrow('bge-m3: two variants have one name')
  })

  it('with a role for a file that the variant does not have', () => {
    expect(spoilt((of) => { variantOf(model('bge-m3', of), 'int8').roles = { model: 'onnx/model.onnx' } })).toThrow('bge-m3/int8: onnx/model.onnx is opened, but is none of its files')
  })

  it('without a role that the task needs', () => {
    expect(spoilt((of) => { variantOf(model('siglip-base-patch16-224', of), 'int8').roles = { vision: 'onnx/vision_model_quantized.onnx' } })).toThrow('siglip-base-patch16-224/int8: no file for text')
    expect(spoilt((of) => { variantOf(model('bge-m3', of), 'int8').roles = {} })).toThrow('bge-m3/int8: no file for model')
  })

  it.each(['dimensions', 'contextLength', 'pooling'] as const)('with a text or picture model without %s', (fact) => {
    expect(spoilt((of) => { model('bge-m3', of)[fact] = null })).toThrow(`bge-m3: ${fact} is missing`)
    expect(spoilt((of) => { model('clip-vit-base-patch32', of)[fact] = null })).toThrow(`clip-vit-base-patch32: ${fact} is missing`)
  })

  it('with a picture model that does not say which pictures it takes', () => {
    expect(spoilt((of) => { model('clip-vit-base-patch32', of).picture = null })).toThrow('picture is missing')
  })

  it('with a model for a small machine behind one for a fast one', () => {
    expect(spoilt((of) => { model('whisper-tiny', of).tier = 'best' })).toThrow('whisper-base stands after whisper-tiny, which is for a faster machine')
  })

  it('with a sum that is none, and names all mistakes at once', () => {
    expect(spoilt((of) => { firstFile(model('bge-m3', of)).sha256 = 'abc' })).toThrow()
    expect(spoilt((of) => {
      model('bge-m3', of).dimensions = null
      model('whisper-tiny', of).requires = ['marblenet']
    })).toThrow(/marblenet.*dimensions/s)
  })
})
