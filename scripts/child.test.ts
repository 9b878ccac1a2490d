import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startChild } from './child';

const PRINT_LIMIT = `import { writeFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
writeFileSync(process.argv[2], String(getHeapStatistics().heap_size_limit / 1024 / 1024));
process.disconnect();`;

const SAY_WHAT_IS_TOLD = `import { writeFileSync } from 'node:fs';
console.log('said loaded');
writeFileSync(process.argv[2], '');
process.once('message', ({ WORD }) => {
  console.log('said ' + WORD);
  writeFileSync(process.argv[2] + '.begun', '');
});`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-child-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The limit of a child's heap, in MB: of the old generation, and of the young one with a few more. */
async function heapLimit(options: string): Promise<number> {
  const [script, answer, withParent] = ['script.mjs', 'answer', 'with-parent.mjs'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await writeFile(script, PRINT_LIMIT);
  await writeFile(withParent, '');
  const child = startChild({
    name: 'The child',
    args: [script, answer],
    withParent,
    nodeOptions: ['--max-old-space-size=200', '--max-semi-space-size=1'],
    stopWithinMs: 5_000,
    env: { ...process.env, NODE_OPTIONS: options },
  });
  await child.ended;
  return Number(await readFile(answer, 'utf8'));
}

describe('startChild', () => {
  it('limits the heap, unless NODE_OPTIONS sets another limit', async () => {
    const limit = await heapLimit('');
    expect(limit).toBeGreaterThanOrEqual(200);
    expect(limit).toBeLessThan(250);
    const other = await heapLimit('--max-old-space-size=300');
    expect(other).toBeGreaterThanOrEqual(300);
    expect(other).toBeLessThan(350);
  });

  it.each([true, false])(
    'shows what a process says that was stopped, if it has begun: %j',
    async (begins) => {
      const [script, withParent] = [join(folder, 'script.mjs'), join(folder, 'with-parent.mjs')];
      await writeFile(script, SAY_WHAT_IS_TOLD);
      await writeFile(withParent, '');
      const shown = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
      const child = startChild({
        name: 'The child',
        args: [script, join(folder, 'loaded')],
        withParent,
        nodeOptions: [],
        stopWithinMs: 5_000,
        env: { ...process.env },
      });
      while (!existsSync(join(folder, 'loaded'))) await pause(20);
      if (begins) child.begin({ WORD: 'told' });
      while (begins && !existsSync(join(folder, 'loaded.begun'))) await pause(20);
      await child.stop();
      await pause(100);
      const said = shown.mock.calls.map(([chunk]) => String(chunk)).join('');
      shown.mockRestore();
      expect(said.includes('said loaded')).toBe(begins);
      expect(said.includes('said told')).toBe(begins);
    },
  );
});
