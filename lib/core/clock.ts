let source: () => Date = () => new Date();

/** The current time. Every decision about time uses it, so that tests can set it. */
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
