let source: () => Date = () => new Date();

/** The present moment. Every decision about time asks here, so that a test can hold it still. */
export function now(): Date {
  return source();
}

/** Replaces the clock until the returned function is called. For tests. */
export function setClock(next: () => Date): () => void {
  const previous = source;
  source = next;
  return () => {
    source = previous;
  };
}
