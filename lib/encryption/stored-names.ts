export const MANIFEST_NAME = '.sheaf.json';

const MAX_NAME_BYTES = 200;
/** Of which `tar` or a file system could make something else than a new file beside the others. */
const UNSAFE = /[\\/:*?"<>|\p{C}]|^[.\-~]|[. ]$|^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/iu;

/**
 * Unique names for the archive, so that `tar x` writes each file on every system. A name that is safe stays; another
 * becomes `file-2.txt`, with what is safe of its extension.
 */
export function storedNames(names: readonly string[]): string[] {
  const taken = new Set<string>([MANIFEST_NAME]);
  return names.map((name, index) => {
    const isUsable = name !== '' && !UNSAFE.test(name) && byteLength(name) <= MAX_NAME_BYTES;
    let stored = isUsable ? name : fallbackName(name, index + 1);
    for (let copy = 1; taken.has(fold(stored)); copy += 1) {
      stored = fallbackName(name, index + 1, copy === 1 ? '' : `-${copy}`);
    }
    taken.add(fold(stored));
    return stored;
  });
}

function fallbackName(name: string, number: number, suffix = ''): string {
  const extension = /\.[A-Za-z0-9]{1,16}$/.exec(name)?.[0] ?? '.txt';
  return `file-${number}${suffix}${extension}`;
}

/** Some file systems do not tell case or composition apart. */
function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
