// Layers, held by machine: server/app → routes → server/http → server/domain → models → server/lib. Down only, no circles.

/** Files directly in server/: they put the parts together. */
const top = '^server/[^/]+[.]ts$';
const npm = (...names) => `^node_modules/(@types/)?(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one, or a third is missing. Types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'lib-is-the-floor',
      comment: 'server/lib is small and pure: it knows nothing of what stands on it.',
      severity: 'error',
      from: { path: '^server/lib/' },
      to: { path: '^(server/(?!lib/)|models/|routes/)' },
    },
    {
      name: 'models-know-mongoose-and-lib',
      comment: 'A model says what must never be false; who uses it is not its business.',
      severity: 'error',
      from: { path: '^models/' },
      to: { pathNot: ['^models/', '^server/lib/', npm('mongoose')] },
    },
    {
      name: 'domain-sees-no-request',
      comment: 'What the bureau does is the same over HTTP, in a job and in a test.',
      severity: 'error',
      from: { path: '^server/domain/' },
      to: { path: ['^server/http/', '^routes/', '[.]schema[.]ts$', top, npm('express', 'multer')] },
    },
    {
      name: 'http-knows-no-routes',
      comment: 'The layer over Express serves any route; what it needs of routes is handed to it.',
      severity: 'error',
      from: { path: '^server/http/' },
      to: { path: ['^routes/', top] },
    },
    {
      name: 'only-http-touches-express',
      comment: 'A route is data. Only server/http and app.ts see a request or a response.',
      severity: 'error',
      from: { path: '^(server|models|routes)/', pathNot: '^server/(http/|app[.]ts$)' },
      to: { path: npm('express', 'express-serve-static-core', 'multer', 'helmet', 'compression') },
    },
    {
      name: 'only-app-lists-routes',
      comment:
        'Routes are joined in one place, so that one list tells all of them. A command may hold a file against their schemas.',
      severity: 'error',
      from: { path: '^(server|models)/', pathNot: '^server/(app[.]ts$|commands/)' },
      to: { path: '^routes/' },
    },
    {
      name: 'commands-know-schemas-only',
      comment: 'What a command does is done by the domain.',
      severity: 'error',
      from: { path: '^server/commands/' },
      to: { path: '^routes/', pathNot: '[.]schema[.]ts$' },
    },
    {
      name: 'routes-do-not-reach-the-top',
      comment: 'A step up never.',
      severity: 'error',
      from: { path: '^routes/' },
      to: { path: top },
    },
    {
      name: 'parts-are-put-together-at-the-top',
      comment:
        'Jobs, seeds, storage and the database are picked by the files directly in server/. A type may be named anywhere.',
      severity: 'error',
      from: {
        path: '^(server|models|routes)/',
        pathNot: [top, '^server/(commands|jobs|seeds|mongo|storage)/'],
      },
      to: { path: '^server/(jobs|seeds|mongo|storage)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pages-are-pure',
      comment: 'A page is made from values: it names types of the domain, and asks nobody for anything.',
      severity: 'error',
      from: { path: '^server/pages/' },
      to: {
        path: '^(server|models|routes)/',
        pathNot: '^server/(pages|lib)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'storage-and-mongo-know-lib-only',
      comment:
        'Where photos lie and how MongoDB is found is no concern of the bureau, nor the other way round.',
      severity: 'error',
      from: { path: '^server/(storage|mongo)/([^/]+)' },
      to: { path: '^(server|models|routes)/', pathNot: ['^server/lib/', '^server/$1/'] },
    },
    {
      name: 'jobs-and-seeds-use-the-domain',
      comment: 'What happens by itself, and what fills an empty database, does it as everybody else does.',
      severity: 'error',
      from: { path: '^server/(jobs|seeds)/' },
      to: {
        path: '^(server|routes)/',
        pathNot: '^server/($1|domain|lib|storage)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nothing-served-from-development',
      comment: 'An installation without development dependencies must run.',
      severity: 'error',
      from: { path: '^(server|models|routes)/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
    {
      name: 'web-stands-alone',
      comment: 'A page knows the server by its interface only.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|models|routes|bin)/' },
    },
    {
      name: 'nothing-imports-pages',
      comment: 'The server hands out built pages, and knows nothing of what is in them.',
      severity: 'error',
      from: { path: '^(server|models|routes)/' },
      to: { path: '^web/' },
    },
    {
      name: 'core-knows-no-screen',
      comment: 'What the phone keeps and sends is the same whatever the pages look like.',
      severity: 'error',
      from: { path: '^web/src/inspect/core/' },
      to: { path: ['^web/src/(?!inspect/core/|shared/server/)', npm('vue', 'vue-router')] },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Tests know the program, never the other way round.',
      severity: 'error',
      from: { path: '^(server|models|routes|bin|web)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'everything-is-found',
      comment: 'An import that leads nowhere works on one machine only.',
      severity: 'error',
      from: {},
      // What ends so is resolved by the build tool of the pages.
      to: { couldNotResolve: true, pathNot: '[?](raw|url)$' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: ['^dist/', '^coverage/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'test/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
