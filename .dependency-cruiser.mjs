// Which folder may import which. `npm run lint` runs it; ARCHITECTURE.md explains the order.

/** From the bottom up: a folder of lib/ imports only folders that stand before it. */
const LIB = [
  ['core'],
  ['text'],
  ['storage', 'limits', 'mail', 'encryption', 'audit'],
  ['pastes', 'contacts'],
  ['sharing'],
  ['accounts'],
  ['admin'],
  ['reports'],
  ['backup', 'jobs'],
  ['api'],
];

const layerRules = LIB.flatMap((layer, level) => {
  const others = LIB.slice(level).flat();
  return layer.map((name) => ({
    name: `lib-${name}-imports-downward`,
    comment: `lib/${name} may not import a folder beside or above it.`,
    severity: 'error',
    from: { path: `^lib/${name}/` },
    to: { path: `^lib/(${others.filter((other) => other !== name).join('|')})/` },
  }));
}).filter(({ to }) => to.path !== '^lib/()/');

const PRODUCT = '^(lib|cli|components|app|server)/';
const TOOLS = '^(e2e|test|bench|scripts|prisma)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    {
      name: 'lib-is-free-of-next-and-react',
      comment:
        'lib/ runs in the front, in jobs and in commands as well. Only the templates of mail use React.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(mail/templates|generated)/' },
      to: { path: 'node_modules/(next|react|react-dom|next-intl|@react-email)/' },
    },
    {
      name: 'lib-imports-no-pages',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(cli|components|app|server)/' },
    },
    {
      name: 'client-imports-little',
      comment: 'The terminal client is one file that runs anywhere: pure files of lib/, and no packages.',
      severity: 'error',
      from: { path: '^cli/' },
      to: {
        pathNot: '^(cli|lib/encryption|lib/text)/|^lib/core/(lifetime|visibilities)[.]ts$',
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'components-import-no-routes',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(app|server)/' },
    },
    {
      name: 'nothing-imports-app',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'product-imports-no-tools',
      severity: 'error',
      from: { path: PRODUCT },
      to: { path: TOOLS },
    },
    {
      name: 'reading-is-pure',
      comment:
        'The front renders these components without Next. What needs it stands in load/, owner/, preview/.',
      severity: 'error',
      from: { path: '^components/reading/', pathNot: '^components/reading/(burn|load|owner|preview)/' },
      to: {
        path: 'node_modules/(next|next-intl)/|^components/(request|actions)/|^components/reading/(load|owner)/',
        reachable: true,
      },
    },
    {
      name: 'reading-is-not-server-only',
      severity: 'error',
      from: { path: '^components/reading/', pathNot: '^components/reading/(burn|load|owner|preview)/' },
      to: { path: 'node_modules/server-only/' },
    },
    { name: 'no-circle-of-files', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circle-of-folders',
      scope: 'folder',
      severity: 'error',
      from: { path: PRODUCT.replace('/', '') },
      to: { circular: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^lib/generated'] },
    exclude: { path: '[.](test|spec)[.]tsx?$|[.]next/|^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['react-server', 'import', 'node'],
    },
  },
};
