import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives a finished folder its name, or removes it where another process was first. */
export async function renameOrRemove(draft: string, target: string): Promise<void> {
  await rename(draft, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

/** Removes what processes that have ended left unfinished; `pattern` finds the process id in a name. */
export async function removeAbandoned(folder: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = pattern.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

/** A process of another user is alive as well. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
