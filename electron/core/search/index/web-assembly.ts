/** The memory of a WebAssembly module. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

// What of WebAssembly is used here: its types come with those of a page, which the core is none.
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => LinearMemory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Record<string, unknown> }
}

/** Makes a module out of its bytes, in base64: its memory, and the one function that it exports. */
export function webAssembly(binary: string, name: string): { memory: LinearMemory, run: (...numbers: readonly number[]) => void } {
  const { memory, [name]: run } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(binary, 'base64'))).exports
  if (!(memory instanceof WebAssembly.Memory) || typeof run !== 'function') throw new Error(`${name} or the memory is not there`)
  return { memory, run: (...numbers) => { Reflect.apply(run, undefined, numbers) } }
}
