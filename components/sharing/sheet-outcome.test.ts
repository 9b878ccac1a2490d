import { expect, it } from 'vitest';
import { NOT_POSTED } from '@/components/actions/form-state';
import { readOutcome } from './sheet-outcome';

it('readOutcome tells what was done from an answer that leads to sign-in', () => {
  const led = (href: string) => readOutcome('abc', { ...NOT_POSTED, outcome: 'saved', href });
  expect(led('/abc/share?mailed=2')).toEqual({ is: 'done', count: 2 });
  expect(led('/abc/share?shared=1')).toEqual({ is: 'done', count: 1 });
  expect(led('/abc/share?revoked')).toEqual({ is: 'done', count: 0 });
  expect(led('/login?next=%2Fabc%2Fshare')).toEqual({ is: 'signed-out' });
});

it('readOutcome has the first fault, and none without an answer', () => {
  const refused = { ...NOT_POSTED, outcome: 'error' as const, sentence: 'Two faults.', fields: {} };
  expect(readOutcome('abc', refused)).toEqual({ is: 'failed', sentence: 'Two faults.' });
  const fields = { addresses: 'This is your own email.' };
  expect(readOutcome('abc', { ...refused, fields })).toEqual({ is: 'failed', sentence: fields.addresses });
  expect(readOutcome('abc', null)).toEqual({ is: 'failed', sentence: null });
});
