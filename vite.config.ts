import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { z } from 'zod'
import { licencesOfWhatIsShipped } from './resources/licences/licences-plugin.ts'

// Three builds into out/: what runs on Node (the command line, the engine, the workers, Electron's main process), the
// preload script, and the page. On the Node side each program becomes one file, so that an installed copy starts
// without reading hundreds of small ones; packages from npm stay outside there: the native ones can not be bundled.
// zod is taken in: every thread reads it anew, and of its 200 files and 50 languages little is used (the thread that searches is ready
// after 70 instead of 150 ms of work, measured here, 2026-11-21).
const programs: Record<string, string> = {
  cli: 'electron/hosts/cli/main.ts',
  engine: 'electron/hosts/engine/main.ts',
  desktop: 'electron/hosts/desktop/main.ts',
  ...Object.fromEntries(globSync('electron/workers/*.ts', { exclude: ['**/*.test.ts'] }).map((file) => [`workers/${path.basename(file, '.ts')}`, file])),
}

const { dependencies } = z.object({ dependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync('package.json', 'utf8')))
const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)]
const outside = (id: string): boolean => [...Object.keys(dependencies).filter((name) => name !== 'zod'), 'electron', ...builtins].some((name) => id === name || id.startsWith(`${name}/`))

const onNode = { ssr: true, outDir: '../out', emptyOutDir: false, target: 'node22', minify: false } as const

export default defineConfig({
  root: 'renderer',
  base: './',
  publicDir: false,
  plugins: [react(), licencesOfWhatIsShipped(import.meta.dirname)],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: '../out/renderer',
        emptyOutDir: true,
        target: 'chrome140',
        assetsInlineLimit: 0,
        sourcemap: true,
        // Loaded from this machine: one large file is faster than many small ones.
        chunkSizeWarningLimit: 4000,
      },
    },
    node: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        ...onNode,
        sourcemap: true,
        rolldownOptions: {
          input: Object.fromEntries(Object.entries(programs).map(([name, file]) => [name, path.resolve(file)])),
          external: outside,
          // Beside the programs: what finds a worker relative to itself finds it from a shared chunk too.
          output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        ...onNode,
        // A sandboxed preload script must be one CommonJS file.
        rolldownOptions: { input: { preload: path.resolve('electron/preload/preload.ts') }, external: ['electron'], output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
      },
    },
  },
})
