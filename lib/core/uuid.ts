const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is a lowercase UUID; checked first, because anything else is a database error. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** A new UUID of version 7 (RFC 9562): sorted by the time of its creation. */
export function newUuid(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}
