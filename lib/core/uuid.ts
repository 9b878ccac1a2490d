const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is a lowercase UUID; checked first, because anything else is a database error. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
