import { expect, it } from 'vitest';
import { readContactChoiceQuery, readShareDone } from './share-query';

const ID = '019aa2c4-7b5e-7c3e-9d1f-0123456789ab';

it('readContactChoiceQuery accepts any search text, and keeps valid contact ids', () => {
  expect(readContactChoiceQuery({ q: ` a\0_${'x'.repeat(500)}`, with: [ID, ID, 'x', ''] })).toEqual({
    search: expect.stringMatching(/^a_x{197}$/),
    chosen: [ID],
  });
  expect(readContactChoiceQuery({ q: ['b', 'c'], with: ID })).toEqual({ search: 'b', chosen: [ID] });
  expect(readContactChoiceQuery({})).toEqual({ search: '', chosen: [] });
});

it.each([
  [{ mailed: '3' }, { name: 'mailed', count: 3 }],
  [{ shared: ['1', '2'] }, { name: 'shared', count: 1 }],
  [{ changed: '' }, { name: 'changed' }],
  [{ revoked: '' }, { name: 'revoked' }],
  [{ shared: '0' }, null],
  [{ mailed: '<b>' }, null],
  [{}, null],
])('readShareDone reads %j', (query, done) => {
  expect(readShareDone(query)).toEqual(done);
});
