import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findFolderFaults } from '../lib/core/env-folders';
import { StartError } from './environment';

const FILE = /[.]tar(?:[.]age)?$/;

/**
 * The file of a new backup. A path that ends in `.tar` or `.tar.age` is that file. Any other is a folder, in which the
 * file is named after the time; it is created if it is missing.
 * @param path absolute; by default `DATA_DIR/backups`
 */
export async function chooseFile(
  path: string | undefined,
  options: { dataFolder: string; isEncrypted: boolean },
): Promise<string> {
  if (path !== undefined && FILE.test(path)) return path;
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const name = `sheaf-${time}Z.tar${options.isEncrypted ? '.age' : ''}`;
  if (path !== undefined) {
    const [fault] = await findFolderFaults({ 'The target': path });
    if (fault !== undefined) throw new StartError(`${fault} The name of a file ends in .tar or .tar.age.`);
    return join(path, name);
  }
  const folder = join(options.dataFolder, 'backups');
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  return join(folder, name);
}
