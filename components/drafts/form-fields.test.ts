import { describe, expect, it } from 'vitest';
import { isSameFields } from './form-fields';

describe('isSameFields', () => {
  it.each([
    [{ name: 'Ada' }, { name: 'Ada' }, true],
    [{ name: 'Ada' }, { name: 'Ada', star: 'on' }, false],
    [{ name: 'Ada', star: 'on' }, { name: 'Ada' }, false],
    [{ name: 'Ada', note: '' }, { name: 'Ada' }, true],
    [{ note: 'one\r\ntwo' }, { note: 'one\ntwo' }, true],
  ])('of %j and %j is %j', (one, other, same) => {
    expect(isSameFields(one, other)).toBe(same);
  });
});
