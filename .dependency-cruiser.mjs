// Who may import whom. Each rule says why it is there, and is proved by a small tree that breaks it and nothing
// else: e2e/rules/fixtures/<name of the rule>.
//
// Paths are those from the top of the repository. A test may look behind every door: it is no part of the product.
const test = '([.]test|/test-[^/]+)[.]tsx?$'

const npm = (/** @type {string} */ names) => `(^|/)node_modules/(@types/)?(${names})/|^(${names})$`
const builtin = (/** @type {string} */ names) => `^(node:)?(${names})$`

/** What somebody starts: a host, a worker, a page, a script. */
const program = '^electron/(hosts/[^/]+/(main|scenedex|start)|preload/[^/]+|workers/[^/]+)[.](ts|mjs)$|^renderer/main[.]tsx$|^native/(setup[.]mjs|setup/tools[.]ts|packaging/[^/]+[.](ts|mjs))$'

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Files that need each other are one file in two places, and neither can be read or tested alone.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-dead-files',
    comment: 'A file that no program reaches is read, kept and changed for nobody.',
    severity: 'error',
    from: { path: program },
    to: { path: '^(electron|native|renderer)/', pathNot: `${program}|${test}`, reachable: false },
  },
  {
    name: 'no-missing-modules',
    comment: 'An import that resolves to nothing fails on the machine of the person, not here.',
    severity: 'error',
    from: {},
    // Electron is named by the desktop host before it is installed.
    to: { couldNotResolve: true, pathNot: '^electron$' },
  },
  {
    name: 'core-knows-no-host',
    comment: 'The same core runs in a window, in a browser, on the command line and in tests; what knows one host works in that one only.',
    severity: 'error',
    from: { path: '^electron/core/', pathNot: test },
    to: { path: `^electron/(hosts|workers|rpc|preload)/|^renderer/|${builtin('https?|http2|net|tls')}|${npm('ws')}` },
  },
  {
    name: 'core-gets-ports',
    comment: 'The core says in ports.ts what it needs of the outside and is given it by a host: so it can be tested without any binary, and a binary can be changed without it.',
    severity: 'error',
    from: { path: '^electron/core/', pathNot: test },
    to: { path: '^native/' },
  },
  {
    name: 'contract-imports-only-zod',
    comment: 'Both sides of every border read the contract, the renderer too: whatever it imports, everybody gets.',
    severity: 'error',
    from: { path: '^electron/contract/', pathNot: test },
    to: { pathNot: `^electron/contract/|${npm('zod')}` },
  },
  {
    name: 'stages-stand-alone',
    comment: 'A stage is understood, tested, stopped and resumed by itself; what two of them share lies beside them, and their order is in the registry only.',
    severity: 'error',
    from: { path: '^electron/core/pipeline/stages/', pathNot: test },
    to: { path: '^electron/core/pipeline/(stages/|registry)' },
  },
  {
    name: 'stages-write-nothing',
    comment: 'The runner stores rows and position in one transaction; a stage that wrote by itself could not be resumed.',
    severity: 'error',
    from: { path: '^electron/core/pipeline/stages/', pathNot: test },
    to: { path: '^electron/core/(store/|pipeline/(runner|scheduler))' },
  },
  {
    name: 'renderer-sees-contract-and-client',
    comment: 'The renderer is a page: it runs in a sandbox or in a browser, and asks for everything through the contract.',
    severity: 'error',
    from: { path: '^renderer/', pathNot: test },
    to: { path: '^(electron|native|e2e)/', pathNot: '^electron/(contract/|rpc/(client|wire|lanes|resuming)[.]ts$)' },
  },
  {
    name: 'renderer-has-no-node',
    comment: 'There is no Node behind a page: such an import builds and then fails in the window.',
    severity: 'error',
    from: { path: '^renderer/', pathNot: test },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'only-native-touches-binaries',
    comment: 'Programs hang, crash and leave children behind; binaries are bound to a platform. One folder deals with that, so that all others need not.',
    severity: 'error',
    // The launcher starts the right Node before there is any product.
    from: { pathNot: `^(native|e2e)/|^electron/hosts/cli/scenedex[.]mjs$|${test}` },
    to: { path: `${builtin('child_process')}|${npm('better-sqlite3|sqlite-vec|onnxruntime-node|sharp')}` },
  },
  {
    name: 'one-way-out',
    comment: 'What goes out of this machine passes the gate in core/network, which asks the person\'s switch and writes it down; a second way would be one that nobody sees.',
    severity: 'error',
    // The core has a rule of its own; hosts are asked, and one file of theirs is the way out.
    from: { pathNot: `^electron/(core|hosts)/|^e2e/|${test}` },
    to: { path: `${builtin('https?|http2|net|tls|dgram')}|${npm('undici')}|^electron/hosts/network[.]ts$` },
  },
  {
    name: 'native-serves-the-core',
    comment: 'Native code implements ports: it knows what the core asks for, not who asks, where it is kept or how it is shown.',
    severity: 'error',
    from: { path: '^native/', pathNot: test },
    to: { path: '^electron/(hosts|rpc|workers|preload)/|^electron/core/store/|^renderer/' },
  },
  {
    name: 'only-desktop-names-electron',
    comment: 'Electron cannot be had everywhere; everything but its own host has to run without it.',
    severity: 'error',
    from: { pathNot: '^electron/(hosts/desktop|preload)/' },
    to: { path: npm('electron') },
  },
  {
    name: 'rpc-carries-anything',
    comment: 'The wire knows the contract, the errors and the shape of an app, never what the app does: it serves memory, workers, IPC and WebSocket alike.',
    severity: 'error',
    from: { path: '^electron/rpc/', pathNot: test },
    to: { path: '^(electron|native|renderer|e2e)/', pathNot: '^electron/(rpc|contract)/|^electron/core/(errors|handlers)[.]ts$' },
  },
  {
    name: 'workers-know-no-host',
    comment: 'A worker gets its data at the start and answers over its port, whoever started it.',
    severity: 'error',
    from: { path: '^electron/workers/', pathNot: test },
    to: { path: '^electron/(hosts|preload)/|^renderer/' },
  },
  {
    name: 'store-is-the-floor',
    comment: 'Everything stands on the store; if it knew what stands on it, nothing could be changed alone.',
    severity: 'error',
    from: { path: '^electron/core/store/', pathNot: test },
    to: { path: '^electron/core/(import|pipeline|search|export|models)/' },
  },
  {
    name: 'search-reads-only-the-store',
    comment: 'A search has its own connection and never waits for an import: it knows what is stored, not how it came there.',
    severity: 'error',
    from: { path: '^electron/core/search/', pathNot: test },
    to: { path: '^electron/core/(import|pipeline|export)/' },
  },
  {
    name: 'data-flows-one-way',
    comment: 'import, then the stages, then the store, then search and export: what comes later is never asked by what came before.',
    severity: 'error',
    from: { path: '^electron/core/(import|pipeline)/', pathNot: test },
    to: { path: '^electron/core/(search|export)/' },
  },
  {
    name: 'product-knows-no-test',
    comment: 'Tests, stories and benchmarks are not shipped.',
    severity: 'error',
    from: { path: '^(electron|native|renderer)/', pathNot: test },
    to: { path: `^e2e/|${test}` },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^e2e/rules/fixtures/|^out/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // An import of a type binds two files as much as an import of a value.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
