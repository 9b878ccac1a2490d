import type { ApiDocument, Operation, Parameter } from './api-document';

export interface ListedOperation extends Operation {
  method: string;
  path: string;
  /** The path without the common prefix. */
  shortPath: string;
}

export interface OperationGroup {
  id: string;
  name: string;
  description: string;
  operations: ListedOperation[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation, in the order of the document's tags and then of its paths. */
export function groupOperations(document: ApiDocument): OperationGroup[] {
  const listed = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation
        ? [{ ...operation, method: method.toUpperCase(), path, shortPath: shorten(path) }]
        : [];
    }),
  );
  return document.tags
    .map(({ name, description }) => ({
      id: name.toLowerCase().replace(/\W+/g, '-'),
      name,
      description,
      operations: listed.filter(({ tags }) => tags[0] === name),
    }))
    .filter(({ operations }) => operations.length > 0);
}

/** The page of a group, or the place of an operation on it. */
export function groupHref(id: string, operationId?: string): string {
  return `/docs/api/${id}${operationId === undefined ? '' : `#${operationId}`}`;
}

function shorten(path: string): string {
  return path.replace(/^\/api\/v1(?=\/)/, '');
}

export type Audience = 'anyone' | 'member' | 'editKey' | 'cron';

/** The required access and the scope that a personal token needs; null if no token is accepted. */
export function readSecurity({ security, parameters = [] }: Operation): {
  audience: Audience;
  takesToken: boolean;
  scope: string | null;
} {
  const bearer = security.find((one) => one.bearer)?.bearer;
  return {
    audience: takesEditKey(parameters) ? 'editKey' : audienceOf(security),
    takesToken: bearer !== undefined,
    scope: bearer?.[0] ?? null,
  };
}

function audienceOf(security: Operation['security']): Audience {
  if (security.some((one) => one.cron)) return 'cron';
  if (security.some((one) => Object.keys(one).length === 0)) return 'anyone';
  return 'member';
}

/** Who can call the operation. The edit key alone is enough where it is accepted. */
function takesEditKey(parameters: readonly Parameter[]): boolean {
  return parameters.some(({ name, in: place }) => place === 'header' && name.toLowerCase() === 'x-edit-key');
}

/** The error codes that may come with a status. */
export function codesOf(answer: Operation['responses'][string]): string[] {
  return Object.values(answer.content ?? {}).flatMap(({ schema }) => {
    const parts = [schema, ...(schema?.allOf ?? [])];
    return parts.flatMap((part) => part?.properties?.code?.enum ?? []).map(String);
  });
}
