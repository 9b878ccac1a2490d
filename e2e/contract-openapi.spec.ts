import { expect, test } from './fixtures';
import { findSchemaFaults } from './support/openapi-contract';
import {
  closeSchema,
  fetchDocument,
  type Media,
  type OpenApiDocument,
  type Operation,
  resolveReference,
} from './support/openapi-document';

function listOperations(document: OpenApiDocument): [name: string, operation: Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
}

function listMedia(operation: Operation): [place: string, type: string, media: Media][] {
  const places: [string, Record<string, Media>][] = [
    ['request', operation.requestBody?.content ?? {}],
    ...Object.entries(operation.responses).map(([status, { content }]): [string, Record<string, Media>] => [
      status,
      content ?? {},
    ]),
  ];
  return places.flatMap(([place, content]) =>
    Object.entries(content).map(([type, media]): [string, string, Media] => [place, type, media]),
  );
}

test('names every operation once, in a group that is described', async ({ sheaf }) => {
  const document = await fetchDocument(sheaf.url);
  const ids = listOperations(document).map(([, { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const groups = document.tags.map(({ name }) => name);
  expect(new Set(groups).size).toBe(groups.length);
  for (const [name, { operationId, tags, summary, security }] of listOperations(document)) {
    expect(operationId, name).toMatch(/^[a-z][A-Za-z]+$/);
    expect(groups, name).toContain(tags[0]);
    expect(summary, name).toBeTruthy();
    for (const scheme of (security ?? []).flatMap(Object.keys)) {
      expect(Object.keys(document.components.securitySchemes), name).toContain(scheme);
    }
  }
});

test('has examples that match the schemas', async ({ sheaf }) => {
  const document = await fetchDocument(sheaf.url);
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    expect(schema.examples, name).toHaveLength(1);
    const closed = closeSchema(document, schema);
    expect(
      findSchemaFaults(closed, schema.examples?.[0], () => closed),
      name,
    ).toEqual([]);
  }
  for (const [name, operation] of listOperations(document)) {
    for (const [place, type, media] of listMedia(operation)) {
      if (!/[/+]json$/.test(type) || media.schema.type === 'object') continue;
      const shown = Object.values(media.examples ?? {}).map((one) => resolveReference(document, one).value);
      if (media.example !== undefined) shown.push(media.example);
      expect(shown.length, `${name} ${place}`).toBeGreaterThan(0);
      const closed = closeSchema(document, media.schema);
      for (const example of shown) {
        expect(
          findSchemaFaults(closed, example, () => closed),
          `${name} ${place}`,
        ).toEqual([]);
      }
    }
  }
});

test('lists the codes of each error response', async ({ sheaf }) => {
  const document = await fetchDocument(sheaf.url);
  const told = new Set<unknown>();
  const answers = listOperations(document).flatMap(([name, { responses }]) =>
    Object.entries(responses).map(([status, answer]) => ({ place: `${name} ${status}`, status, answer })),
  );
  const shared = Object.entries(document.components.responses).map(([name, answer]) => {
    return { place: name, status: '0', answer };
  });
  for (const { place, status, answer } of [...answers, ...shared]) {
    const rejection = answer.content?.['application/problem+json'];
    if (Number(status) >= 400 && !place.startsWith('get /api/ready')) expect(rejection, place).toBeTruthy();
    if (!rejection) continue;
    const codes = rejection.schema.properties?.code?.enum ?? [];
    expect(codes.length, place).toBeGreaterThan(0);
    for (const code of codes) {
      told.add(code);
      const example = document.components.examples[String(code)]?.value as { status: number } | undefined;
      if (status !== '0') expect(String(example?.status), `${place} ${code}`).toBe(status);
    }
  }
  expect([...told].sort()).toEqual(
    [...(document.components.schemas.Problem?.properties?.code?.enum ?? [])].sort(),
  );
});
