import { expect, it } from 'vitest';
import { isWider } from './visibility';

const ALL = ['private', 'unlisted', 'public'];

it.each([
  ['private', []],
  ['unlisted', ['private']],
  ['public', ['private', 'unlisted']],
])('%s is wider than %j', (visibility, narrower) => {
  expect(ALL.filter((before) => isWider(visibility, before))).toEqual(narrower);
});
