import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectedOf, openVector, type Vector } from '../../test/secret-vectors';

const file = new URL('../../docs/secret-pastes/vectors.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vector[];

describe('the published test vectors', () => {
  it.each(vectors)('$name', async (vector) => {
    expect(await openVector(vector)).toEqual(expectedOf(vector));
  });
});
