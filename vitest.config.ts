import { defineConfig } from 'vitest/config'

// ONNX Runtime is not to tell anybody of these tests, also where one opens a model without the product around it.
process.env['ORT_DISABLE_TELEMETRY'] = '1'

const notOurs = ['node_modules/**', 'out/**', 'e2e/rules/fixtures/**']

export default defineConfig({
  test: {
    // Real media is decoded in many tests: more than two at once only makes each of them slow.
    pool: 'forks',
    maxWorkers: 2,
    // As long as a busy machine may take; what is so is seen at once.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{electron,native,renderer,resources}/**/*.test.{ts,tsx}', 'e2e/{rules,bench,eval}/**/*.test.ts'],
          exclude: notOurs,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: notOurs,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
