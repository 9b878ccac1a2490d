/** A JSON Schema, as far as it is looked into. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  readOnly?: boolean;
  example?: unknown;
  examples?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

export interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { $ref?: string; value?: unknown }>;
}

export interface HeaderObject {
  $ref?: string;
  required?: boolean;
  schema?: Schema;
}

export interface AnswerObject {
  description: string;
  headers?: Record<string, HeaderObject>;
  content?: Record<string, Media>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, AnswerObject>;
}

export interface OpenApiDocument {
  openapi: string;
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    headers: Record<string, HeaderObject>;
    examples: Record<string, { value: unknown }>;
    responses: Record<string, AnswerObject>;
    securitySchemes: Record<string, unknown>;
  };
}

const fetched = new Map<string, Promise<OpenApiDocument>>();

/** The document of the service at this address, fetched once. */
export function fetchDocument(baseUrl: string): Promise<OpenApiDocument> {
  const known = fetched.get(baseUrl);
  if (known) return known;
  const document = fetch(`${baseUrl}/api/v1/openapi.json`).then(
    (response) => response.json() as Promise<OpenApiDocument>,
  );
  document.catch(() => fetched.delete(baseUrl));
  fetched.set(baseUrl, document);
  return document;
}

/** The described path that a request's path falls under: the most literal, where there are several. */
export function findPath(document: OpenApiDocument, pathname: string): string | undefined {
  const segments = pathname.split('/');
  const fitting = Object.keys(document.paths).filter((template) => {
    const parts = template.split('/');
    return (
      parts.length === segments.length &&
      parts.every((part, index) => part === segments[index] || (isParameter(part) && segments[index] !== ''))
    );
  });
  return fitting.sort((a, b) => countParameters(a) - countParameters(b))[0];
}

function isParameter(part: string): boolean {
  return part.startsWith('{');
}

function countParameters(template: string): number {
  return template.split('/').filter(isParameter).length;
}

/** What a reference of the document leads to. */
export function resolveReference<T extends object>(
  document: OpenApiDocument,
  value: T & { $ref?: string },
): T {
  if (value.$ref === undefined) return value;
  const steps = value.$ref.replace('#/', '').split('/');
  const found = steps.reduce<unknown>(
    (at, step) => (at as Record<string, unknown> | undefined)?.[step],
    document,
  );
  if (found === undefined) throw new Error(`The document has nothing at ${value.$ref}.`);
  return found as T;
}

/** The schema on its own: references written out, and no property allowed that is not named. */
export function closeSchema(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref !== undefined) return closeSchema(document, resolveReference(document, schema));
  const { allOf = [], properties, items, anyOf, oneOf, additionalProperties, ...rest } = schema;
  const close = (part: Schema) => closeSchema(document, part);
  const parts = allOf.map(close);
  const own = Object.entries(properties ?? {}).map(([name, part]) => [name, close(part)]);
  const all: Record<string, Schema> = Object.assign(
    {},
    ...parts.map((part) => part.properties),
    Object.fromEntries(own),
  );
  const required = [...parts.flatMap((part) => part.required ?? []), ...(schema.required ?? [])];
  return {
    ...Object.assign({}, ...parts),
    ...rest,
    ...(Object.keys(all).length > 0
      ? { properties: all, required, additionalProperties: additionalProperties ?? false }
      : {}),
    ...(items ? { items: close(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(close) } : {}),
    ...(oneOf ? { oneOf: oneOf.map(close) } : {}),
  };
}
