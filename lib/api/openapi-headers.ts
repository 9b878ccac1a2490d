import type { RouteConfig } from '@asteasolutions/zod-to-openapi';

interface HeaderDescription {
  description: string;
  schema: {
    type: 'string' | 'integer';
    enum?: string[];
    pattern?: string;
    format?: string;
    const?: string;
    minimum?: number;
    minLength?: number;
    maxLength?: number;
  };
  example?: string;
}

/** Every header that a response of the API may have, as the document describes it. */
export const HEADERS = {
  'Cache-Control': {
    description:
      'Shared caches must not store responses. With an `ETag`, a private cache may, and must revalidate.',
    schema: { type: 'string', enum: ['private, no-store', 'private, no-cache'] },
  },
  ETag: {
    description:
      'For a paste, `"<revision>.<settings version>"`, with a suffix if the response includes an owner’s name or omits the text. For bytes, their SHA-256.',
    schema: { type: 'string', pattern: '^"[\\w.-]+"$' },
  },
  Location: {
    description: 'The URL of what was created; for a paste, its page.',
    schema: { type: 'string', format: 'uri-reference' },
  },
  RateLimit: {
    description: 'The tightest limit: requests left, and seconds until it resets.',
    schema: { type: 'string', pattern: '^"\\d+s";r=\\d+;t=\\d+$' },
    example: '"60s";r=599;t=60',
  },
  'RateLimit-Policy': {
    description: 'All limits of this operation, as requests per window in seconds.',
    schema: { type: 'string', pattern: '^"\\d+s";q=\\d+;w=\\d+(, "\\d+s";q=\\d+;w=\\d+)*$' },
    example: '"60s";q=600;w=60',
  },
  'Retry-After': {
    description: 'Seconds to wait before retrying.',
    schema: { type: 'integer', minimum: 0 },
  },
  'X-Request-Id': {
    description: 'The id of this request in the server log; a valid id sent by the client is kept.',
    schema: { type: 'string', minLength: 1, maxLength: 64 },
  },
  'Server-Timing': {
    description: 'Duration in milliseconds; rounded for sign-in, 401 and 404 responses.',
    schema: { type: 'string', pattern: '^total;dur=\\d+(\\.\\d)?$' },
  },
  'WWW-Authenticate': {
    description: 'The authentication scheme.',
    schema: { type: 'string', const: 'Bearer' },
  },
  'X-Edit-Key': {
    description:
      'The key to edit or delete a paste created without an account. Sent once, if the request was not JSON.',
    schema: { type: 'string', minLength: 16 },
  },
  'X-Warnings': {
    description: 'The `warnings` of a paste, separated by commas, if the request was not JSON.',
    schema: { type: 'string', pattern: '^[a-z_]+(, [a-z_]+)*$' },
    example: 'language_unknown',
  },
  'Idempotent-Replayed': {
    description:
      'Nothing was created or counted; this repeats the response to an earlier request with the same `Idempotency-Key`.',
    schema: { type: 'string', const: 'true' },
  },
  'X-Robots-Tag': {
    description: 'Set where search engines must not index.',
    schema: { type: 'string', const: 'noindex' },
  },
  'Content-Disposition': {
    description: 'The suggested file name.',
    schema: { type: 'string', pattern: '^attachment; ' },
  },
  Allow: { description: 'The methods that the path supports.', schema: { type: 'string' } },
} satisfies Record<string, HeaderDescription>;

export type HeaderName = keyof typeof HEADERS;

type Headers = NonNullable<Extract<RouteConfig['responses'][number], { description: string }>['headers']>;

/** The headers as components of the document: each where it is always there, and where it may be. */
export const HEADER_COMPONENTS = Object.fromEntries(
  Object.entries(HEADERS).flatMap(([name, header]) => [
    [name, { ...header, required: true }],
    [`${name}.optional`, { ...header, required: false }],
  ]),
);

/** These headers for an OpenAPI answer; a name that ends in `?` is an optional header. */
export function headersOf(...names: (HeaderName | `${HeaderName}?`)[]): Headers {
  return Object.fromEntries(
    names.map((name) => [
      name.replace('?', ''),
      { $ref: `#/components/headers/${name.replace('?', '.optional')}` },
    ]),
  ) as Headers;
}
