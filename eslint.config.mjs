import reactHooks from 'eslint-plugin-react-hooks'
import stylistic from '@stylistic/eslint-plugin'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.ts', '**/test-*.ts', 'e2e/**']

/** A name must say what is inside: these say only that somebody did not know where else to put it. */
const plainNames = {
  create(/** @type {import('eslint').Rule.RuleContext} */ context) {
    const vague = /(^|[/.-])(utils?|helpers?|managers?)([/.-]|$)|(^|\/)index\.[cm]?[jt]sx?$/i
    const file = context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/')
    return {
      Program(/** @type {import('eslint').Rule.Node} */ node) {
        if (vague.test(file)) context.report({ node, message: 'Name the file and its folder after what is inside: no utils, helpers, manager or index.' })
      },
    }
  },
}

export default defineConfig(
  globalIgnores(['node_modules/', 'out/', 'dist/', 'coverage/', 'e2e/rules/fixtures/']),
  {
    files: ['**/*.{ts,tsx,mjs}'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { '@stylistic': stylistic, scenedex: { rules: { 'plain-names': plainNames } } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    // A rule that needs an exception somewhere gets it here, with its reason, or is wrong.
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      // Sizes: comments and blank lines do not count.
      'complexity': ['error', 10],
      'max-depth': ['error', 3],
      'max-params': ['error', 3],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],

      'scenedex/plain-names': 'error',
      'no-restricted-globals': ['error', {
        globals: [{ name: 'fetch', message: 'All that goes out of this machine passes core/network, which asks the person\'s switch and writes it down.' }],
        checkGlobalObject: true,
      }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Node cannot strip an enum: use a union of strings.' },
        { selector: 'ExportDefaultDeclaration', message: 'A default export has another name in every file: export by name.' },
        { selector: 'TSAsExpression > TSAsExpression.expression', message: 'A double cast switches the compiler off: check the value.' },
      ],

      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A function is async so that what it throws is a rejection, with or without an await in it.
      '@typescript-eslint/require-await': 'off',
      // What a factory gives back is made of closures: its methods know no `this` and may be taken out.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],

      // Looks, lightly.
      '@stylistic/semi': ['error', 'never'],
      '@stylistic/quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: 'always' }],
      '@stylistic/no-tabs': 'error',
      '@stylistic/no-trailing-spaces': 'error',
      '@stylistic/eol-last': 'error',
      '@stylistic/comma-dangle': ['error', 'always-multiline'],
      '@stylistic/max-len': ['error', { code: 180, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true }],
    },
  },
  {
    // One `describe` holds a whole subject, and a test may say what it knows to be there.
    files: tests,
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // The one way out; a page asks where it came from, and tests their own servers.
    files: ['electron/hosts/network.ts', 'renderer/**', ...tests],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: {
      // It warns of what React's compiler must leave alone, and this page is built without that compiler.
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    // One table of all sentences, to be handed to a translator as one file.
    files: ['renderer/messages.ts'],
    rules: { 'max-lines': 'off', '@stylistic/max-len': 'off' },
  },
  {
    // Plain JavaScript has no way to say what JSON.parse gives.
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    // These tools look for a default export.
    files: ['*.config.{ts,mjs}', '.dependency-cruiser.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
)
