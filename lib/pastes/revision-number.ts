const MAX = 2 ** 31 - 1;

export function isRevisionNumber(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX;
}

/** Reads a query parameter: undefined if it is not there, null if it is no number of a revision. */
export function readRevisionNumber(text: string | string[] | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  const number = typeof text === 'string' && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return isRevisionNumber(number) ? number : null;
}
