import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChild } from './child';

const PRINT_LIMIT = `import { writeFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
writeFileSync(process.argv[2], String(getHeapStatistics().heap_size_limit / 1024 / 1024));
process.disconnect();`;

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
});
