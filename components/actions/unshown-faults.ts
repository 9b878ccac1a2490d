/** The messages about fields that a posted form does not have. Boxes that are not ticked are not posted, either. */
export function unaskedFaults(fields: Readonly<Record<string, string>>, posted: FormData): string[] {
  const unasked = Object.entries(fields).filter(([name]) => !posted.has(name));
  return [...new Set(unasked.map(([, message]) => message))];
}

/** The messages about fields that the form does not show, where `shown` is its text. */
export function unshownFaults(fields: Readonly<Record<string, string>>, shown: string): string[] {
  return [...new Set(Object.values(fields))].filter((message) => !shown.includes(message));
}
