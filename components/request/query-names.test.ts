import { expect, it } from 'vitest';
import { renameInheritedParameters } from './query-names';

it.each([
  ['/a?constructor=1', '/a?constructor_=1'],
  ['/a?x=1&toString&y==2', '/a?x=1&toString_&y==2'],
  ['/a?%63onstructor=1&__proto__=2', '/a?%63onstructor_=1&__proto___=2'],
  ['/a?valueOf=1&valueOf=2', '/a?valueOf_=1&valueOf_=2'],
])('renames what every object has: %s', (url, renamed) => {
  expect(renameInheritedParameters(url)).toBe(renamed);
});

it.each(['/', '/constructor', '/a?', '/a?x=constructor&constructors=1', '/a?=&&%zz&?', '/a?q=%ff+1'])(
  'leaves others as they were sent: %s',
  (url) => {
    expect(renameInheritedParameters(url)).toBe(url);
  },
);
