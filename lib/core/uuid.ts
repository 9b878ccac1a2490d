const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text could be the id of a row, in small letters; asked before the database, to which anything else is an error. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
