import type { ImportRemark } from './import-entry';
import { MAX_REMARKS } from './import-limits';

/** How many are kept before those that no report names are dropped. */
const KEPT = 4 * MAX_REMARKS;

/** The remarks about the first lines of a file, of which there may be millions, and how many there are. */
export class FirstRemarks {
  #total = 0;
  #kept: ImportRemark[] = [];

  add(remark: ImportRemark): void {
    this.#total += 1;
    this.#kept.push(remark);
    if (this.#kept.length >= KEPT) this.#kept = this.#first();
  }

  get total(): number {
    return this.#total;
  }

  /** At most `MAX_REMARKS`, in the order of the file. */
  get items(): ImportRemark[] {
    return this.#first();
  }

  #first(): ImportRemark[] {
    return this.#kept.toSorted((one, other) => one.line - other.line).slice(0, MAX_REMARKS);
  }
}
