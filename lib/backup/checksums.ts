import { createHash, type Hash } from 'node:crypto';
import { ENTRIES_PER_SUM, MANIFEST } from './format';

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A line as `sha256sum` writes and checks it. */
function sumLine(name: string, data: Uint8Array): string {
  return `${sha256(data)}  ${name}\n`;
}

export function manifestSum(data: Uint8Array): Buffer {
  return Buffer.from(sumLine(MANIFEST, data));
}

/** The checksums of an archive, computed in the same way when it is written and when it is read. */
export class Checksums {
  readonly #total: Hash = createHash('sha256');
  #lines: string[] = [];
  #files = 0;

  add(name: string, data: Uint8Array): void {
    this.#lines.push(sumLine(name, data));
  }

  get isFull(): boolean {
    return this.#lines.length === ENTRIES_PER_SUM;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** The file that names the entries added since the last one. */
  take(): { number: number; data: Buffer } {
    const data = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    this.#files += 1;
    this.#total.update(data);
    return { number: this.#files, data };
  }

  /** SHA-256 of all files; call it once, at the end. */
  digest(): string {
    return this.#total.digest('hex');
  }
}
