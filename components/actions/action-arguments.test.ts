import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { readId } from './action-arguments';

const ID = '019aa2c4-7b5e-7c3e-9d1f-0123456789ab';

describe('readId', () => {
  it('accepts a UUID', () => {
    expect(readId(ID)).toBe(ID);
  });

  it.each([null, undefined, '', 'new', `${ID}0`, ID.toUpperCase()])('refuses %j', (value) => {
    expect(() => readId(value)).toThrow(AppError);
  });
});
