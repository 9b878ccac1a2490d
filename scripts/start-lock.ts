import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Commands that need a folder for themselves. */
const HOLDERS = ['start', 'restore'];

/**
 * Allows one `npm start` or `npm run restore` at a time for a folder. Returns a function that releases the lock; throws
 * if it is held. The lock of a killed process is ignored.
 */
export async function acquireStartLock(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'start.pid');
  for (let attempt = 1; ; attempt++) {
    try {
      await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || attempt === 3)
        throw error;
    }
    const holder = Number((await readFile(file, 'utf8').catch(() => '')).trim());
    if (await isStart(holder)) {
      throw new Error(
        `Sheaf already runs on ${folder} (process ${holder}). Stop it, or set DATA_DIR and PORT for a second one.`,
      );
    }
    await rm(file, { force: true });
  }
}

/** In a container, another process, or this one, soon has the same process id. */
async function isStart(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  if (process.platform !== 'linux') return true;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return HOLDERS.some((name) => command.includes(`scripts/run.mjs\0${name}\0`));
}
