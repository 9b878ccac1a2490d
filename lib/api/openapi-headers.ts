import type { RouteConfig } from '@hono/zod-openapi';

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

/** Every header of ours that an answer of the API may carry, as the document describes it. */
export const HEADERS = {
  'Cache-Control': {
    description:
      'No shared cache may keep anything; where an `ETag` is given, a private one may, and asks each time.',
    schema: { type: 'string', enum: ['private, no-store', 'private, no-cache'] },
  },
  ETag: {
    description:
      'Of a paste: `"<revision>.<settings version>"`, followed by more where an owner’s name is shown or the text is not. Of bytes: their SHA-256.',
    schema: { type: 'string', pattern: '^"[\\w.-]+"$' },
  },
  Location: {
    description: 'Where what was created is; of a paste its page.',
    schema: { type: 'string', format: 'uri-reference' },
  },
  RateLimit: {
    description: 'Of the tightest limit: how many requests are left, and in how many seconds there are more.',
    schema: { type: 'string', pattern: '^"\\d+s";r=\\d+;t=\\d+$' },
    example: '"60s";r=599;t=60',
  },
  'RateLimit-Policy': {
    description: 'Every limit that counts here: requests per seconds.',
    schema: { type: 'string', pattern: '^"\\d+s";q=\\d+;w=\\d+(, "\\d+s";q=\\d+;w=\\d+)*$' },
    example: '"60s";q=600;w=60',
  },
  'Retry-After': {
    description: 'Seconds after which trying again makes sense.',
    schema: { type: 'integer', minimum: 0 },
  },
  'X-Request-Id': {
    description: 'Names this request in our log; one sent along is kept.',
    schema: { type: 'string', minLength: 1, maxLength: 64 },
  },
  'Server-Timing': {
    description: 'How long it took, in milliseconds; of accounts and of what is absent only roughly.',
    schema: { type: 'string', pattern: '^total;dur=\\d+(\\.\\d)?$' },
  },
  'WWW-Authenticate': { description: 'How to sign in.', schema: { type: 'string', const: 'Bearer' } },
  'X-Edit-Key': {
    description: 'Once, to an anonymous author who did not send JSON: what changes or deletes the paste.',
    schema: { type: 'string', minLength: 16 },
  },
  'X-Warnings': {
    description: 'The `warnings` of a paste, for an author who did not send JSON; separated by commas.',
    schema: { type: 'string', pattern: '^[a-z_]+(, [a-z_]+)*$' },
    example: 'language_unknown',
  },
  'Idempotent-Replayed': {
    description: 'Nothing was created: an earlier request with the same `Idempotency-Key` had done so.',
    schema: { type: 'string', const: 'true' },
  },
  'X-Robots-Tag': {
    description: 'On whatever is not for search engines.',
    schema: { type: 'string', const: 'noindex' },
  },
  'Content-Disposition': {
    description: 'The name to save it under.',
    schema: { type: 'string', pattern: '^attachment; ' },
  },
  Allow: { description: 'The methods that the address does take.', schema: { type: 'string' } },
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

/** These headers for an OpenAPI answer; a name that ends in `?` is of a header that is not always there. */
export function headersOf(...names: (HeaderName | `${HeaderName}?`)[]): Headers {
  return Object.fromEntries(
    names.map((name) => [
      name.replace('?', ''),
      { $ref: `#/components/headers/${name.replace('?', '.optional')}` },
    ]),
  ) as Headers;
}
