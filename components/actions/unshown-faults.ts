/** The messages about fields that the form does not show, where `shown` is its text. */
export function unshownFaults(fields: Readonly<Record<string, string>>, shown: string): string[] {
  return [...new Set(Object.values(fields))].filter((message) => !shown.includes(message));
}
