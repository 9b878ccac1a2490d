import { expect, it, vi } from 'vitest';
import { type Draft, EMPTY_FILE } from '../draft';
import { createLaterSaves, faultsOf, type LaterSave } from './save-later';

function save(text: string, author: string | null = null): LaterSave {
  const draft: Draft = {
    title: '',
    files: [{ ...EMPTY_FILE, text }],
    lifetime: '1w',
    expiresAt: '',
    utcOffset: 0,
    visibility: 'unlisted',
    burnAfter: '',
    slug: '',
  };
  return { draft, author, keepsCredentials: false };
}

/** Answers one request after the other; null is a network that fails. */
function answerWith(...answers: (Response | null)[]) {
  const bodies: { once: string; author: string }[] = [];
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    bodies.push(JSON.parse(body));
    const answer = answers[bodies.length - 1];
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('Failed to fetch'));
  });
  return bodies;
}

const signal = () => new AbortController().signal;
const saved = () => Response.json({ href: '/abc?saved' }, { status: 201 });

it('the same save keeps its key until it is known to be stored, another has its own', async () => {
  const bodies = answerWith(null, new Response('{', { status: 201 }), saved(), saved(), null);
  const saves = createLaterSaves();
  expect(saves.maybeStored(save('a'))).toBe(false);
  expect(await saves.send(save('a'), signal())).toEqual({ kind: 'unreachable' });
  expect(saves.maybeStored(save('a'))).toBe(true);
  expect(saves.maybeStored(save('ab'))).toBe(false);
  expect(saves.maybeStored(save('a', 'user-1'))).toBe(false);
  expect(await saves.send(save('a'), signal())).toEqual({ kind: 'unreachable' });
  expect(await saves.send(save('a'), signal())).toEqual({ kind: 'saved', href: '/abc?saved' });
  expect(saves.maybeStored(save('a'))).toBe(false);
  await saves.send(save('a'), signal());
  await saves.send(save('a', 'user-1'), signal());
  const keys = bodies.map(({ once }) => once);
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(new Set(keys).size).toBe(3);
  expect(bodies.map(({ author }) => author)).toEqual(['guest', 'guest', 'guest', 'guest', 'user-1']);
});

it('a save that was cancelled while it was stored is the same when it is sent again', async () => {
  const bodies = answerWith(saved(), saved());
  const saves = createLaterSaves();
  const cancelled = new AbortController();
  const answer = saves.send(save('a'), cancelled.signal);
  cancelled.abort();
  await answer;
  expect(saves.maybeStored(save('a'))).toBe(true);
  await saves.send(save('a'), signal());
  expect(bodies[1]?.once).toBe(bodies[0]?.once);
});

it('tells a server that cannot save now from one that refuses, and why', async () => {
  const errors = [
    { path: 'paste.files.1.content', message: 'Empty.' },
    { path: 'expires_in', message: 'Too long.' },
  ];
  const refusal = { code: 'validation_failed', detail: 'Wrong.', errors };
  answerWith(
    new Response('', { status: 503 }),
    Response.json(refusal, { status: 422 }),
    new Response('<h1>Sign in to the network</h1>'),
  );
  const { send } = createLaterSaves();
  expect(await send(save('a'), signal())).toEqual({ kind: 'unavailable' });
  expect(await send(save('a'), signal())).toEqual({ kind: 'refused', refusal });
  expect(await send(save('a'), signal())).toEqual({ kind: 'refused', refusal: null });
  expect(faultsOf(refusal)).toEqual({ 'files.1.content': 'Empty.', lifetime: 'Too long.' });
});
