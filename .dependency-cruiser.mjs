/** The house: an arrow only ever points down. See docs/architecture.md. @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-know-no-app',
      comment:
        'Libraries stand below the applications. The client is tested at the fake of Discord, and a library that speaks to a server at the real one.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/client/test/' },
      to: {
        path: '^(apps|simulation|demo|test)/',
        pathNot: '^test/support/(free-port|redis-server)[.]ts$',
      },
    },
    {
      name: 'libs-know-no-framework',
      comment: 'Nothing in libs knows HTTP, Nest or Discord, nor any other package.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src', pathNot: '^libs/store-redis/src' },
      to: { path: 'node_modules|^(node:)?https?$' },
    },
    {
      name: 'one-place-knows-ioredis',
      comment: 'The store on Redis, and tests that look at what it stored.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/store-redis/' },
      to: { path: 'node_modules/ioredis/' },
    },
    {
      name: 'the-redis-store-knows-ioredis-alone',
      severity: 'error',
      from: { path: '^libs/store-redis/src' },
      to: { path: 'node_modules|^(node:)?https?$', pathNot: 'node_modules/ioredis/' },
    },
    {
      name: 'the-limiter-port-stands-on-nothing',
      severity: 'error',
      from: { path: '^libs/identify-limiter/src' },
      to: { pathNot: '^libs/identify-limiter/src' },
    },
    {
      name: 'queue-and-records-know-the-limiter-port-alone',
      severity: 'error',
      from: { path: '^libs/(identify-queue|operator-records)/src' },
      to: { path: '^libs/', pathNot: '^libs/(identify-limiter/src|$1/src)' },
    },
    {
      name: 'a-store-knows-the-two-ports-alone',
      comment: 'No store knows another one.',
      severity: 'error',
      from: { path: '^libs/(store-[^/]+)/src' },
      to: { path: '^libs/', pathNot: '^libs/(identify-limiter/src|operator-records/src|$1/src)' },
    },
    {
      name: 'a-connection-does-not-know-what-is-stored',
      comment:
        'Within a store, limiter and records stand on the connection. The list of scripts reads Lua files of both.',
      severity: 'error',
      from: { path: '^libs/store-[^/]+/src/(connection|scripts)/' },
      to: { path: '^libs/store-[^/]+/src/(limiter|records)/', pathNot: '[.]lua' },
    },
    {
      name: 'one-place-chooses-the-store',
      severity: 'error',
      from: {
        path: '^apps/gateway-queue/src/',
        pathNot: '^apps/gateway-queue/src/store/stores[.]ts$|[.]test[.]ts$|/testing/',
      },
      to: { path: '^libs/store-' },
    },
    {
      name: 'the-client-stands-on-nothing',
      comment: 'It is published by itself; not even a module of Node is imported.',
      severity: 'error',
      from: { path: '^libs/client/src' },
      to: { pathNot: '^libs/client/src' },
    },
    {
      name: 'the-queue-does-no-input-or-output',
      severity: 'error',
      from: { path: '^libs/identify-queue/src' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'the-simulation-plays-over-the-store-in-memory',
      comment:
        'It plays the queue over the limiter in memory of identify-limiter/testing: no other store and no application is in it.',
      severity: 'error',
      from: { path: '^simulation/' },
      to: { path: '^(apps|test|libs/(store-[^/]+|client))/' },
    },
    {
      name: 'testing-aids-stay-in-tests',
      severity: 'error',
      from: { path: '/src/', pathNot: '[.]test[.]ts$|/testing/' },
      to: { path: '^(libs|apps)/.+/testing/|^(simulation|demo|test)/' },
    },
    {
      name: 'no-development-dependency-at-run-time',
      severity: 'error',
      from: {
        path: '^(apps|libs)/[^/]+/src',
        // The dashboard is built into files that need nothing at run time.
        pathNot: '[.]test[.]ts$|/testing/|^apps/dashboard/',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-dashboard-knows-the-document-of-the-api-alone',
      comment: 'What it shares with the service is generated from docs/openapi.json.',
      severity: 'error',
      from: { path: '^apps/dashboard/' },
      to: { path: '^(libs|simulation|demo|test|apps/gateway-queue)/' },
    },
    {
      name: 'nothing-undeclared',
      comment: 'What package.json does not name is there by chance.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'probes-are-nobodys-business',
      comment: 'Health looks at the others; none of them looks at health.',
      severity: 'error',
      from: {
        path: '^apps/gateway-queue/src/',
        pathNot: '^apps/gateway-queue/src/(health/|app[.]module[.]ts)',
      },
      to: { path: '^apps/gateway-queue/src/health/' },
    },
    {
      name: 'the-ground-floor-knows-no-feature',
      severity: 'error',
      from: { path: '^apps/gateway-queue/src/(settings|logs|store|http)/' },
      to: {
        path: '^apps/gateway-queue/src/(queue|gateway-info|health|shutdown|connections|auth|live|admin)/',
      },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['[.]d[.]ts$', '(^|/)[.]', '[.]config[.]ts$'] },
      to: {},
    },
  ],
  options: {
    // libs/client has a package.json of its own, and is tested with what the project's has.
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
