import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { curlCommand } from './curl-command';

const URL = 'https://sheaf.example/api/v1';

/** The words of the command, as a shell splits it. */
function wordsOf(command: string, variables: Record<string, string> = {}): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync('sh', ['-c', script], { env: { NODE_ENV: 'test', ...variables } })
    .toString()
    .split('\0')
    .slice(0, -1);
}

it('names the method only where curl would choose another', () => {
  const plain = { url: URL, headers: [] };
  expect(curlCommand({ ...plain, method: 'GET' })).toBe(`curl ${URL}`);
  expect(curlCommand({ ...plain, method: 'DELETE' })).toBe(`curl -X DELETE ${URL}`);
  expect(curlCommand({ ...plain, method: 'POST' })).toBe(`curl -X POST ${URL}`);
  expect(curlCommand({ ...plain, method: 'POST', json: {} })).not.toContain('-X');
});

it('is parsed by a shell with any body', () => {
  const json = { content: `it's "quoted" $HOME \`date\` \\ ! \n` };
  const command = curlCommand({
    method: 'PATCH',
    url: `${URL}/pastes/{slug}?content=1`,
    headers: ['Authorization: Bearer $TOKEN', 'Content-Type: application/json'],
    json,
  });
  const words = wordsOf(command, { SLUG: '7hPq3nXv9KdR', TOKEN: 'sheaf_x' });
  expect(words.slice(0, -1)).toEqual([
    '-X',
    'PATCH',
    `${URL}/pastes/7hPq3nXv9KdR?content=1`,
    '-H',
    'Authorization: Bearer sheaf_x',
    '-H',
    'Content-Type: application/json',
    '-d',
  ]);
  expect(JSON.parse(words.at(-1) ?? '')).toEqual(json);
});

it('sends a file as it is', () => {
  const command = curlCommand({ method: 'PUT', url: URL, headers: [], file: 'portrait.png' });
  expect(wordsOf(command)).toEqual(['-X', 'PUT', URL, '--data-binary', '@portrait.png']);
});
