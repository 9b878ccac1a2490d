import { type ApiDocument, resolveSchema, type Schema } from './api-document';

export interface SchemaRow {
  /** Where it is: `files[].name`. */
  path: string;
  type: string;
  isRequired: boolean;
  schema: Schema;
}

const MAX_DEPTH = 4;

/** The members of an object, and of the objects in it, each as a row of its own. */
export function listSchemaRows(document: ApiDocument, schema: Schema): SchemaRow[] {
  return rowsOf(document, { schema, prefix: '', depth: 0 });
}

function rowsOf(
  document: ApiDocument,
  { schema, prefix, depth }: { schema: Schema; prefix: string; depth: number },
): SchemaRow[] {
  const { properties = {}, required = [] } = withParts(document, schema);
  return Object.entries(properties).flatMap(([name, member]) => {
    const own = withParts(document, member);
    const path = prefix + name;
    const row = { path, type: typeOf(document, own), isRequired: required.includes(name), schema: own };
    if (depth >= MAX_DEPTH) return [row];
    const inner = own.items
      ? { schema: own.items, prefix: `${path}[].`, depth: depth + 1 }
      : { schema: own, prefix: `${path}.`, depth: depth + 1 };
    return [row, ...rowsOf(document, inner)];
  });
}

/** The schema merged with the schemas it refers to. */
function withParts(document: ApiDocument, schema: Schema): Schema {
  const resolved = resolveSchema(document, schema);
  const parts = (resolved.allOf ?? []).map((part) => withParts(document, part));
  return {
    ...Object.assign({}, ...parts),
    ...resolved,
    properties: Object.assign({}, ...parts.map((part) => part.properties), resolved.properties),
  };
}

function typeOf(document: ApiDocument, { type, items, format, anyOf, oneOf }: Schema): string {
  const names = [type ?? (anyOf ?? oneOf ?? []).map((one) => resolveSchema(document, one).type ?? [])].flat(
    2,
  );
  const shown = [...new Set(names)].map((name) =>
    name === 'array' && items ? `${typeOf(document, resolveSchema(document, items))}[]` : name,
  );
  return format === undefined ? shown.join(' | ') : `${shown.join(' | ')} (${format})`;
}
