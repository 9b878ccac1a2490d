import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { env } from '../core/env';
import { AppError, type ErrorCode, STATUS_BY_CODE } from '../core/errors';
import { problemAnswer } from './answers';
import type { ApiApp } from './context';
import { SCHEMA_EXAMPLES } from './openapi-examples';
import { HEADER_COMPONENTS, headersOf } from './openapi-headers';
import { problemOf, problemSchema } from './problem-document';
import { describedRoutes } from './route';

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;
type PathItem = NonNullable<Document['paths']>[string];
type Operation = NonNullable<PathItem['get']>;

type Answers = NonNullable<NonNullable<Document['components']>['responses']>;
type AnswerObject = Exclude<Answers[string], { $ref: string }>;
type MediaObject = NonNullable<AnswerObject['content']>[string];

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

const DESCRIPTION = `Share text with a short link.

Every \`GET\` also supports \`HEAD\`, with the same headers and no body. Errors are \`application/problem+json\`
(RFC 9457); distinguish them by \`code\`. An unknown path is a 404, an unsupported method
a 405, and an invalid credential a 401 on any operation. Objects may gain fields: ignore those
you do not know. Requests with undocumented fields are rejected.`;

/** The groups of operations, in the order in which they are shown. */
const TAGS = [
  { name: 'Pastes', description: 'Texts and their links.' },
  { name: 'History', description: 'Revisions of a paste, for those who can edit it.' },
  { name: 'Sharing', description: 'People who can read or edit a paste.' },
  { name: 'Contacts', description: 'Your address book.' },
  { name: 'Signing in', description: 'Registration, sign-in, sign-out and password reset.' },
  { name: 'Members', description: 'Your account, and the public profiles of others.' },
  { name: 'Administration', description: 'Reports, users and the audit log, for moderators and admins.' },
  { name: 'Operation', description: 'For operators of the service.' },
] as const;

/** The first prefix that a path begins with names its group. */
const TAG_OF_PATHS: [prefix: string, name: (typeof TAGS)[number]['name']][] = [
  ['/api/v1/auth', 'Signing in'],
  ['/api/v1/users', 'Members'],
  ['/api/v1/contacts', 'Contacts'],
  ['/api/v1/pastes/{slug}/shares', 'Sharing'],
  ['/api/v1/shares', 'Sharing'],
  ['/api/v1/admin', 'Administration'],
  ['/api/v1/pastes/{slug}/revisions', 'History'],
  ['/api/v1/pastes', 'Pastes'],
  ['/api/v1/uploads', 'Pastes'],
  ['', 'Operation'],
];

const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An access token from `/auth/login`, or a personal token (`sheaf_…`). A personal token needs the scope named by the operation; operations that name no scope do not accept personal tokens.',
  },
  metrics: { type: 'http', scheme: 'bearer', description: 'The `METRICS_TOKEN` of the configuration.' },
  cron: { type: 'http', scheme: 'bearer', description: 'The `CRON_SECRET` of the configuration.' },
} as const;

let described: Document | undefined;

/** The document of the routes that were added with `addRoute`. */
export function describeApi(app: ApiApp): Document {
  described ??= completeDocument(
    new OpenApiGeneratorV31(definitionsOf(app)).generateDocument({
      openapi: '3.1.0',
      info: {
        title: 'Sheaf',
        version: '1',
        description: DESCRIPTION,
        license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      },
      servers: [{ url: env().APP_URL }],
      tags: [...TAGS],
    }),
    app,
  );
  return described;
}

function definitionsOf(app: ApiApp): OpenAPIRegistry['definitions'] {
  const registry = new OpenAPIRegistry();
  for (const { config } of describedRoutes(app)) registry.registerPath(config);
  for (const [name, scheme] of Object.entries(SECURITY_SCHEMES)) {
    registry.registerComponent('securitySchemes', name, scheme);
  }
  for (const [name, header] of Object.entries(HEADER_COMPONENTS)) {
    registry.registerComponent('headers', name, header);
  }
  for (const code of Object.keys(STATUS_BY_CODE) as ErrorCode[]) {
    registry.registerComponent('examples', code, { value: problemOf(exampleError(code)) });
  }
  // `register` needs schemas that the library has extended, which takes all of zod, also its languages.
  return [...registry.definitions, { type: 'schema', schema: problemSchema }];
}

function completeDocument(document: Document, app: ApiApp): Document {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) completeOperation(operation, { method, path, counts: isCounted(app, method, path) });
    }
  }
  const schemas = (document.components?.schemas ?? {}) as Record<string, Record<string, unknown>>;
  for (const [name, example] of Object.entries(SCHEMA_EXAMPLES)) {
    const schema = schemas[name];
    if (schema) schema.examples = [example];
  }
  document.components = { ...document.components, responses: { Error: otherError() } };
  dropUnused(document);
  return document;
}

/** Components that nothing refers to are unused types in a generated client. */
function dropUnused(document: Document): void {
  const text = JSON.stringify(document);
  for (const kind of ['headers', 'examples'] as const) {
    const components = document.components?.[kind] ?? {};
    for (const name of Object.keys(components)) {
      if (!text.includes(`"#/components/${kind}/${name}"`)) delete components[name];
    }
  }
}

interface Place {
  method: (typeof METHODS)[number];
  path: string;
  /** Whether requests are counted before anything else is done. */
  counts: boolean;
}

function completeOperation(operation: Operation, { method, path, counts }: Place): void {
  operation.operationId ??= nameOperation(method, path);
  operation.tags ??= [TAG_OF_PATHS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? ''];
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    completeAnswer(answer as AnswerObject, { status: Number(status), counts });
  }
  operation.responses = { ...operation.responses, default: { $ref: '#/components/responses/Error' } };
  const body = operation.requestBody;
  if (body && 'content' in body) for (const media of Object.values(body.content)) addExample(media);
}

/** Adds what all responses of this status have in common. */
function completeAnswer(answer: AnswerObject, { status, counts }: { status: number; counts: boolean }): void {
  const names: Parameters<typeof headersOf> = ['X-Request-Id', 'Server-Timing', 'Cache-Control'];
  if (status === 401) names.push('WWW-Authenticate');
  if (status === 429 || status === 503) names.push('Retry-After');
  if (status === 429 || (counts && status < 400)) names.push('RateLimit', 'RateLimit-Policy');
  else if (counts) names.push('RateLimit?', 'RateLimit-Policy?');
  answer.headers = Object.assign(headersOf(...names), answer.headers);
  for (const media of Object.values(answer.content ?? {})) addExample(media);
}

function addExample(media: MediaObject): void {
  if (media.example !== undefined || media.examples !== undefined) return;
  const codes = codesOf(media.schema);
  if (codes.length > 0) {
    media.examples = Object.fromEntries(
      codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
    );
    return;
  }
  const name = /^#\/components\/schemas\/(\w+)$/.exec(
    String((media.schema as { $ref?: unknown })?.$ref),
  )?.[1];
  const example = name === undefined ? undefined : SCHEMA_EXAMPLES[name];
  if (example !== undefined) media.example = example;
}

function codesOf(schema: unknown): readonly ErrorCode[] {
  const { properties } = (schema ?? {}) as { properties?: { code?: { enum?: readonly ErrorCode[] } } };
  return properties?.code?.enum ?? [];
}

function exampleError(code: ErrorCode): AppError {
  const fields = code === 'validation_failed' ? [{ path: 'expires_in', message: 'lifetime_unknown' }] : [];
  return new AppError(code, { fields });
}

/** The response of every operation that has no status of its own. */
function otherError(): AnswerObject {
  const answer: AnswerObject = {
    ...problemAnswer(
      'Any other error: a 404 for an unknown path, a 405 for an unsupported method, a 401 for an invalid credential on any operation, a 500 for an internal error',
      'not_found',
      'method_not_allowed',
      'unauthorized',
      'internal',
    ),
    headers: headersOf('Allow?', 'WWW-Authenticate?'),
  };
  completeAnswer(answer, { status: 0, counts: false });
  return answer;
}

function isCounted(app: ApiApp, method: string, path: string): boolean {
  return describedRoutes(app).some(
    ({ config, counted }) => config.method === method && config.path === path && counted,
  );
}

function nameOperation(method: string, path: string): string {
  const words = path.replace(/^\/api(?:\/v1)?/, '').match(/\w+/g) ?? [];
  return [method, ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}
