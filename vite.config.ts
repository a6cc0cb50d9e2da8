import { globSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'vite'

// The command line and each worker become one file in out/, so that an installed copy starts without reading
// hundreds of small ones. Packages from npm stay outside: the native ones cannot be bundled.
const sources = globSync(['electron/hosts/cli/main.ts', 'electron/workers/*.ts'], { exclude: ['**/*.test.ts'] })

function outputName(source: string): string {
  const name = path.basename(source, '.ts')
  return source.includes('workers') ? `workers/${name}` : 'cli'
}

export default defineConfig({
  appType: 'custom',
  publicDir: false,
  ssr: { external: true },
  build: {
    ssr: true,
    outDir: 'out',
    target: 'node22',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(sources.map((source) => [outputName(source), source])),
      output: {
        format: 'esm',
        entryFileNames: '[name].js',
        // Beside cli.js: what finds a worker relative to itself finds it from a shared chunk too.
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
})
