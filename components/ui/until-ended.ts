/** Begins what ends with the signal. @returns what ends it */
export function untilEnded(begin: (signal: AbortSignal) => void): () => void {
  const ending = new AbortController();
  begin(ending.signal);
  return () => ending.abort();
}
