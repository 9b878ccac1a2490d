import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {
  type AnswerObject,
  closeSchema,
  findPath,
  type OpenApiDocument,
  resolveReference,
  type Schema,
} from './openapi-document';

/** What was asked, and what came of it. */
export interface Exchange {
  method: string;
  /** Path and query, as they were sent. */
  path: string;
  status: number;
  headers: Headers;
  text: string;
}

const UPLOAD = '/api/v1/uploads';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const VERSIONED = /^\/api\/v1\//;
// Next redirects such paths to the path without it before Sheaf's routes see them.
const NORMALIZED_BY_NEXT = /\/$|\/\/|\\|%2e/i;

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { binary: true } });
addFormats(ajv);
const validators = new WeakMap<object, ValidateFunction>();

// The responses of no particular operation, which the document has as `Error` and in its description.
const OTHER_ANSWERS = {
  notFound: otherAnswer('not_found'),
  methodNotAllowed: otherAnswer('method_not_allowed', 'Allow'),
  unauthorized: otherAnswer('unauthorized', 'WWW-Authenticate'),
  preflight: otherAnswer(null),
};

function otherAnswer(code: string | null, ...headers: string[]): AnswerObject {
  const common = ['X-Request-Id', 'Server-Timing', 'Cache-Control'];
  const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }], properties: { code: { const: code } } };
  return {
    description: '',
    headers: {
      ...Object.fromEntries(common.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      ...Object.fromEntries(headers.map((name) => [name, { required: true, schema: { type: 'string' } }])),
    },
    ...(code === null ? {} : { content: { 'application/problem+json': { schema } } }),
  };
}

/** How an answer of the API is not what its document says: nothing, if it is. */
export function findFaults(document: OpenApiDocument, exchange: Exchange): string[] {
  const pathname = exchange.path.split('?', 1)[0] ?? '';
  const template = describedPath(document, pathname, exchange);
  if (template === undefined && !VERSIONED.test(pathname)) return [];
  if (!METHODS.includes(exchange.method)) return [];
  if (exchange.status === 308 && NORMALIZED_BY_NEXT.test(pathname)) return [];
  const described = describedAnswer(document, template, exchange);
  if (!described) return [`status ${exchange.status} is not described`];
  return [
    ...findHeaderFaults(document, described, exchange),
    ...findBodyFaults(document, described, exchange),
  ];
}

/** A create with a body that is not JSON is described as an upload. */
function describedPath(document: OpenApiDocument, pathname: string, { method, status, headers }: Exchange) {
  const isLink = headers.get('content-type')?.startsWith('text/plain') && status === 201;
  const isUpload = method === 'POST' && pathname === '/api/v1/pastes' && isLink;
  return findPath(document, isUpload ? UPLOAD : pathname);
}

function describedAnswer(
  document: OpenApiDocument,
  template: string | undefined,
  { method, status }: Exchange,
): AnswerObject | undefined {
  if (method === 'OPTIONS' && status === 204) return OTHER_ANSWERS.preflight;
  const described = document.paths[template ?? '']?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
  if (described) return described.responses[String(status)];
  if (status === 401) return OTHER_ANSWERS.unauthorized;
  if (template === undefined) return status === 404 ? OTHER_ANSWERS.notFound : undefined;
  return status === 405 ? OTHER_ANSWERS.methodNotAllowed : undefined;
}

function findHeaderFaults(document: OpenApiDocument, answer: AnswerObject, { headers }: Exchange): string[] {
  const described = new Map(
    Object.entries(answer.headers ?? {}).map(([name, header]) => [
      name.toLowerCase(),
      resolveReference(document, header),
    ]),
  );
  const faults: string[] = [];
  for (const [name, { required, schema }] of described) {
    const value = headers.get(name);
    if (value === null && required) faults.push(`the header ${name} is missing`);
    if (value === null || schema === undefined) continue;
    const typed = schema.type === 'integer' ? Number(value) : value;
    faults.push(...findSchemaFaults(schema, typed, () => schema).map((fault) => `header ${name} ${fault}`));
  }
  for (const component of Object.keys(document.components.headers)) {
    const name = component.replace('.optional', '');
    if (described.has(name.toLowerCase())) continue;
    if (headers.has(name)) faults.push(`the header ${name} is not described`);
  }
  return faults;
}

function findBodyFaults(document: OpenApiDocument, answer: AnswerObject, exchange: Exchange): string[] {
  const { method, status, headers, text } = exchange;
  if (method === 'HEAD' || status === 204 || status === 304) {
    return text === '' ? [] : [`there is a body: ${text.slice(0, 200)}`];
  }
  const content = answer.content ?? {};
  if (Object.keys(content).length === 0) return text === '' ? [] : ['a body is not described'];
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const media = content[type];
  if (!media) return [`the content type ${type || '(none)'} is not described`];
  if (!/[/+]json$/.test(type)) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [`the body is not JSON: ${text.slice(0, 200)}`];
  }
  return findSchemaFaults(media.schema, value, () => closeSchema(document, media.schema));
}

/** How the value is not of the schema, which is compiled once for as long as `key` lives. */
export function findSchemaFaults(key: object, value: unknown, schema: () => Schema): string[] {
  const validate = validators.get(key) ?? ajv.compile(schema());
  validators.set(key, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || 'value'} ${message} ${JSON.stringify(params)}`,
  );
}

/** @throws Error that tells what was asked and every fault of the answer */
export function expectDescribed(document: OpenApiDocument, exchange: Exchange): void {
  const faults = findFaults(document, exchange);
  if (faults.length === 0) return;
  const { method, path, status, text } = exchange;
  throw new Error(
    [
      `${method} ${path.slice(0, 300)} answered ${status}, which is not as its document says:`,
      ...faults.map((fault) => `  ${fault}`),
      text.slice(0, 500),
    ].join('\n'),
  );
}
