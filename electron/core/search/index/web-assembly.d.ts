// What of WebAssembly is used here: its types come with those of a page, which the core is none.
declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  interface Module { readonly compiled: never }
  const Module: new (bytes: Uint8Array) => Module
  class Instance {
    constructor(module: Module)
    readonly exports: Record<string, unknown>
  }
}
