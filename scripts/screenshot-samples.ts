import { readFile } from 'node:fs/promises';

interface SampleFile {
  name: string;
  content: string;
}

export interface SamplePaste {
  title: string;
  files: SampleFile[];
  visibility?: 'public' | 'unlisted';
  expires_in?: string;
}

const CITIES = [
  'Bergen',
  'Ghent',
  'Kazan',
  'Lisbon',
  'Oulu',
  'Porto',
  'Sapporo',
  'Tbilisi',
  'Turin',
  'Utrecht',
];
const STATES = ['paid', 'paid', 'paid', 'sent', 'sent', 'returned', 'waiting'];

export async function readSample(path: string): Promise<SampleFile> {
  const content = await readFile(new URL(`../prisma/samples/${path}`, import.meta.url), 'utf8');
  return { name: path.split('/').at(-1) ?? path, content };
}

/** A dump of a table, of about a megabyte. */
export function largeSample(): SamplePaste {
  const lines = [
    '-- Orders of the spring, as of Friday night.',
    'BEGIN;',
    '',
    'CREATE TABLE orders (',
    '  id         bigint PRIMARY KEY,',
    '  placed_at  timestamptz NOT NULL,',
    '  city       text NOT NULL,',
    '  items      int NOT NULL CHECK (items > 0),',
    '  total      numeric(10, 2) NOT NULL,',
    "  state      text NOT NULL DEFAULT 'waiting'",
    ');',
    '',
  ];
  const random = makeRandom(7);
  const start = Date.UTC(2026, 2, 1, 6);
  for (let id = 1; id <= 9_800; id += 1) {
    const placed = new Date(start + id * 811_000 + Math.floor(random() * 600_000)).toISOString();
    const items = 1 + Math.floor(random() * 6);
    const total = (items * (4 + random() * 40)).toFixed(2);
    const values = [
      10_000 + id,
      `'${placed}'`,
      `'${pick(CITIES, random)}'`,
      items,
      total,
      `'${pick(STATES, random)}'`,
    ];
    lines.push(`INSERT INTO orders VALUES (${values.join(', ')}); -- batch ${Math.ceil(id / 50)}`);
  }
  lines.push('', 'CREATE INDEX orders_by_city ON orders (city, placed_at);', 'COMMIT;', '');
  return { title: 'Orders of the spring', files: [{ name: 'orders.sql', content: lines.join('\n') }] };
}

export const markdownSample: SamplePaste = {
  title: 'Moving the queue to Postgres',
  files: [
    {
      name: 'decision.md',
      content: `# Moving the queue to Postgres

We have **one** service that needs a queue, and it already has a database. This is how the two became one,
and what it cost.

## What we wanted

- [x] A job is done at least once, and usually exactly once
- [x] No second thing to run, watch and back up
- [ ] Priorities, one day

> A queue is a table in which rows are taken out by the first worker that is free.

## How it went

| step | before | after |
|:-----|-------:|------:|
| enqueue, p50 | 1.9 ms | 0.8 ms |
| enqueue, p99 | 21 ms | 6 ms |
| jobs per second | 2,400 | 1,750 |
| things to run | 3 | 2 |

The whole of it is one statement:

\`\`\`sql
UPDATE jobs SET taken_at = now()
WHERE id = (
  SELECT id FROM jobs
  WHERE taken_at IS NULL AND run_at <= now()
  ORDER BY run_at
  FOR UPDATE SKIP LOCKED
  LIMIT 1
)
RETURNING id, kind, payload;
\`\`\`

What surprised us was the *vacuum*: a table that turns over this fast needs one of its own. See
[the manual](https://www.postgresql.org/docs/current/routine-vacuuming.html) on \`autovacuum_vacuum_scale_factor\`.
`,
    },
  ],
};

const PARTS: readonly SampleFile[] = [
  { name: 'README.md', content: '# tide\n\nA tide table for the terminal.\n\n```sh\nnpx tide bergen\n```\n' },
  {
    name: 'package.json',
    content:
      '{\n  "name": "tide",\n  "type": "module",\n  "bin": "cli.js",\n  "engines": { "node": ">=20" }\n}\n',
  },
  {
    name: 'cli.ts',
    content:
      "import { parseArgs } from 'node:util';\nimport { nextTides } from './tides';\n\nconst { positionals } = parseArgs({ allowPositionals: true });\n\nfor (const tide of await nextTides(positionals[0] ?? 'bergen')) {\n  console.log(tide.at.toISOString(), tide.kind.padEnd(4), tide.metres.toFixed(2));\n}\n",
  },
  {
    name: 'tides.ts',
    content:
      "export interface Tide {\n  at: Date;\n  kind: 'high' | 'low';\n  metres: number;\n}\n\nexport async function nextTides(port: string): Promise<Tide[]> {\n  const harmonics = await loadHarmonics(port);\n  return findTurns(harmonics, new Date(), { count: 4 });\n}\n",
  },
  {
    name: 'Dockerfile',
    content: 'FROM node:20-slim\nWORKDIR /tide\nCOPY . .\nENTRYPOINT ["node", "cli.js"]\n',
  },
  { name: 'ports.csv', content: 'port,lat,lon\nBergen,60.39,5.32\nOslo,59.91,10.75\nTromsø,69.65,18.96\n' },
  {
    name: 'sum.py',
    content: 'def height(t, parts):\n    return sum(a * cos(w * t + p) for a, w, p in parts)\n',
  },
  { name: 'schema.sql', content: 'CREATE TABLE ports (\n  id text PRIMARY KEY,\n  name text NOT NULL\n);\n' },
  { name: 'style.css', content: '.tide {\n  display: grid;\n  gap: 0.5rem;\n}\n' },
  {
    name: 'ci.yml',
    content: 'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n',
  },
];

/** A small project, with each of its files in two versions. */
export function manyFilesSample(): SamplePaste {
  const older = PARTS.map(({ name, content }) => ({ name: `old-${name}`, content }));
  return { title: 'tide, before and after', files: [...PARTS, ...older] };
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** Numbers that look random but are the same in every run. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
