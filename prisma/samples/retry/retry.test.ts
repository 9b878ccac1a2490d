import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retry } from './retry.ts';

const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

test('gives up after the last try with the last error', async () => {
  let calls = 0;
  await assert.rejects(retry(() => (calls++, Promise.reject(reset)), { tries: 3, base: 1 }), reset);
  assert.equal(calls, 3);
});

test('does not retry permanent errors', async () => {
  let calls = 0;
  await assert.rejects(retry(() => (calls++, Promise.reject(new TypeError('no')))), TypeError);
  assert.equal(calls, 1);
});
