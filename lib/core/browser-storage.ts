/** The result of a use of this browser's storage; null where that is blocked or full, or its contents cannot be read. */
export function quietly<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** Whether this browser has stored this choice. */
export function hasChosen(name: string): boolean {
  return quietly(() => localStorage.getItem(name)) !== null;
}

/** Without storage, the choice is forgotten with the page. */
export function keepChoice(name: string, isChosen: boolean): void {
  quietly(() => (isChosen ? localStorage.setItem(name, '1') : localStorage.removeItem(name)));
}
