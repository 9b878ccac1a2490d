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

it('names members of objects, of lists and of what is only referred to', () => {
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

it('puts together what a schema is made of', () => {
  const more: Schema = { properties: { size: { type: 'integer' } } };
  expect(tell({ allOf: [{ $ref: '#/components/schemas/File' }, more] })).toEqual([
    'name: string, required',
    'size: integer',
  ]);
});

it('has nothing to say of a text', () => {
  expect(tell({ type: 'string' })).toEqual([]);
});
