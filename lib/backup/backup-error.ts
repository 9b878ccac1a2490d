/** A reason, in sentences for the operator, why a backup cannot be made or restored. */
export class BackupError extends Error {}

/** As a sentence for the operator where the system names a known reason; otherwise the error itself. */
export function explainFileError(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reasons: Record<string, string> = {
    ENOSPC: `The disk is full: ${file} could not be written.`,
    EDQUOT: `The disk quota is exhausted: ${file} could not be written.`,
    EACCES: `This user has no access to ${file}.`,
    EISDIR: `${file} is a folder. Name a file.`,
    ENOENT: `${file} does not exist.`,
    ENOTDIR: `${file} does not exist.`,
    EROFS: `${file} is on a read-only file system.`,
  };
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  return reason === undefined ? error : new BackupError(reason, { cause: error });
}
