export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

export interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { $ref?: string; value?: unknown }>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema?: Schema;
}

interface Answer {
  description: string;
  content?: Record<string, Media>;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Answer>;
}

export interface ApiDocument {
  info: { description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: Record<string, { description?: string }>;
    examples?: Record<string, { value?: unknown }>;
  };
}

/** The schema itself, where there is only a reference to one. */
export function resolveSchema(document: ApiDocument, schema: Schema): Schema {
  const name = /^#\/components\/schemas\/(\w+)$/.exec(schema.$ref ?? '')?.[1];
  if (name === undefined) return schema;
  const { $ref: _, ...own } = schema;
  return { ...document.components.schemas[name], ...own };
}

/** The example of this content in the document, if any. */
export function exampleOf(document: ApiDocument, { example, examples, schema }: Media): unknown {
  if (example !== undefined) return example;
  const [first] = Object.values(examples ?? {});
  const name = /^#\/components\/examples\/(\w+)$/.exec(first?.$ref ?? '')?.[1];
  if (name !== undefined) return document.components.examples?.[name]?.value;
  if (first?.value !== undefined) return first.value;
  const resolved = schema && resolveSchema(document, schema);
  return resolved?.example ?? resolved?.examples?.[0];
}
