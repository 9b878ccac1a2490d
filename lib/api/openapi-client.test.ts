import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, generateTypes } from '@/test/generated-client';
import { useTestDatabase } from '@/test/test-env';
import { api } from './app';

useTestDatabase();

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLIENT = join(ROOT, 'e2e/client/sheaf-client.ts');
const TYPES = join(ROOT, 'e2e/client/sheaf-api.ts');
const WRONG = join(ROOT, 'e2e/client/wrong-client.ts');

// Compiling takes seconds, and more beside other tests: this only ends a test that hangs.
const GUARD_MS = 180_000;

let document = '';
let described: Described;

beforeAll(async () => {
  document = await (await api.request('/api/v1/openapi.json')).text();
  described = JSON.parse(document);
});

interface Described {
  paths: Record<string, Record<string, { parameters?: Parameter[]; requestBody?: Body; responses: Answers }>>;
  components: Record<string, Record<string, object>>;
}
interface Body {
  content: Record<string, { schema: object }>;
}
type Answers = Record<string, { $ref?: string; content?: Body['content'] }>;
interface Parameter {
  name: string;
  in: string;
  schema: { type: string };
}

/** Uses of the API that the types must reject, each in a line of its own. */
const WRONG_CLIENT = `import createClient from 'openapi-fetch';
import type { paths } from './sheaf-api';
const client = createClient<paths>({ baseUrl: '' });
client.GET('/api/v1/contacts', { params: { query: { favorite: 'yes' } } });
client.PUT('/api/v1/users/me/avatar', { body: { picture: new Blob() } });
client.PATCH('/api/v1/users/me', { body: { locale: 'de' } });
client.POST('/api/v1/pastes', { body: { content: 1 } });
client.POST('/api/v1/pastes', { body: { content: 'x' } }).then(({ data }) => data?.startsWith('http'));
client.GET('/api/v1/pastes/{slug}/files/{n}/raw', { params: { path: { slug: 'x', n: 'first' } } });
client.GET('/api/v1/pastes/{slug}/revisions', { params: { path: { slug: 'x' }, query: { cursor: 3 } } });
`;

const CIPHERTEXT = 'application/octet-stream';

describe('a client with types made from the document', () => {
  it('compiles, and what is wrong does not', { timeout: GUARD_MS }, async () => {
    const files = new Map([
      [TYPES, await generateTypes(document)],
      [CLIENT, await readFile(CLIENT, 'utf8')],
      [WRONG, WRONG_CLIENT],
    ]);
    expect(compile(files).map((error) => error.split(' ', 2).join(' '))).toEqual([
      'wrong-client.ts:4 TS2322',
      'wrong-client.ts:5 TS2353',
      'wrong-client.ts:6 TS2322',
      'wrong-client.ts:7 TS2322',
      'wrong-client.ts:8 TS2339',
      'wrong-client.ts:9 TS2322',
      'wrong-client.ts:10 TS2322',
    ]);
  });
});

interface LintProblem {
  ruleId: string;
  message: string;
  location: { pointer: string }[];
}

describe('the document', () => {
  it('has a picture as one part of a form', () => {
    const { content } = described.paths['/api/v1/users/me/avatar']?.put?.requestBody ?? { content: {} };
    const bytes = { type: 'string', format: 'binary' };
    expect(content['image/*']).toEqual({ schema: bytes });
    expect(content['application/octet-stream']).toEqual({ schema: bytes });
    expect(content['multipart/form-data']).toEqual({
      schema: {
        type: 'object',
        properties: { file: bytes },
        required: ['file'],
        description: 'The picture in one part named `file`, with a file name. Other parts are ignored.',
      },
    });
  });

  it('has one type for the body of each response, and another for the ciphertext of a secret paste', () => {
    const encrypted: string[] = [];
    for (const [path, methods] of Object.entries(described.paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        for (const [status, { content = {} }] of Object.entries(responses)) {
          const types = Object.keys(content);
          if (types.length > 1 && types.includes(CIPHERTEXT)) encrypted.push(`${method} ${path}`);
          const others = types.length > 1 ? types.filter((type) => type !== CIPHERTEXT) : types;
          expect(others.length, `${method} ${path} ${status}`).toBeLessThanOrEqual(1);
        }
        expect(responses.default, `${method} ${path}`).toEqual({ $ref: '#/components/responses/Error' });
      }
    }
    expect(encrypted.sort()).toEqual([
      'get /api/v1/pastes/{slug}/files/{n}/raw',
      'get /api/v1/pastes/{slug}/raw',
      'get /api/v1/pastes/{slug}/revisions/{n}/raw',
      'post /api/v1/pastes/{slug}/reveal',
    ]);
    const typesOf = (path: string) =>
      Object.keys(described.paths[path]?.post?.responses['201']?.content ?? {});
    expect(typesOf('/api/v1/pastes')).toEqual(['application/json']);
    expect(typesOf('/api/v1/uploads')).toEqual(['text/plain']);
  });

  it('has numbers and truth values as such in paths and queries', () => {
    const typed = Object.values(described.paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ parameters = [] }) =>
        parameters
          .filter(({ in: place }) => place !== 'header')
          .map(({ name, schema }) => [name, schema.type]),
      ),
    );
    const others = typed.filter(([, type]) => type !== 'string').map((one) => one.join(' '));
    expect([...new Set(others)].sort()).toEqual([
      'burn_after integer',
      'days integer',
      'favorite boolean',
      'limit integer',
      'n integer',
    ]);
    const texts = new Set(typed.filter(([, type]) => type === 'string').map(([name]) => name));
    expect([...texts].sort()).toEqual(
      [
        ...['action', 'content', 'cursor', 'expires_at', 'expires_in', 'id', 'language', 'name', 'q', 'role'],
        ...['search', 'sha256', 'slug', 'sort', 'title', 'tz', 'username', 'visibility'],
      ].sort(),
    );
  });

  it('has no component that it does not use', () => {
    const { securitySchemes = {}, ...components } = described.components;
    for (const [kind, named] of Object.entries(components)) {
      for (const name of Object.keys(named)) {
        expect(document, `${kind} ${name}`).toContain(`"#/components/${kind}/${name}"`);
      }
    }
    expect(Object.keys(securitySchemes)).toEqual(['bearer', 'metrics', 'cron']);
  });

  it('passes the rules of redocly.yaml', { timeout: GUARD_MS }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sheaf-openapi-'));
    try {
      const file = join(folder, 'openapi.json');
      await writeFile(file, document);
      const cli = join(ROOT, 'node_modules/@redocly/cli/bin/cli.js');
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [cli, 'lint', file, '--config', join(ROOT, 'redocly.yaml'), '--format', 'json'],
        { env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
      ).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
      const { totals, problems } = JSON.parse(stdout) as { totals: unknown; problems: LintProblem[] };
      const told = problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]);
      expect(told).toEqual([]);
      expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
