import { expect, it } from 'vitest';
import type { ApiDocument, Schema } from './api-document';
import { listSchemaRows } from './schema-rows';

const FILE: Schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
const DOCUMENT: ApiDocument = {
  info: { description: '' },
  servers: [],
  tags: [],
  paths: {},
  components: { schemas: { File: FILE }, securitySchemes: {} },
};

function tell(schema: Schema): string[] {
  return listSchemaRows(DOCUMENT, schema).map(
    ({ path, type, isRequired }) => `${path}: ${type}${isRequired ? ', required' : ''}`,
  );
}

it('lists members of objects, of arrays and of references', () => {
  const schema: Schema = {
    type: 'object',
    properties: {
      title: { type: ['string', 'null'] },
      files: { type: 'array', items: { $ref: '#/components/schemas/File' } },
      first: { $ref: '#/components/schemas/File' },
      until: { type: 'string', format: 'date-time' },
    },
    required: ['files'],
  };
  expect(tell(schema)).toEqual([
    'title: string | null',
    'files: object[], required',
    'files[].name: string, required',
    'first: object',
    'first.name: string, required',
    'until: string (date-time)',
  ]);
});

it('merges the parts of a schema', () => {
  const more: Schema = { properties: { size: { type: 'integer' } } };
  expect(tell({ allOf: [{ $ref: '#/components/schemas/File' }, more] })).toEqual([
    'name: string, required',
    'size: integer',
  ]);
});

it('has no rows for a string', () => {
  expect(tell({ type: 'string' })).toEqual([]);
});
