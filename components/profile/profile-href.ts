/** Longer than any valid cursor. */
const MAX_CURSOR = 200;

export function profileHref(username: string, cursor?: string): string {
  return cursor === undefined ? `/u/${username}` : `/u/${username}?${new URLSearchParams({ cursor })}`;
}

export function readProfileCursor(value: string | string[] | undefined): string | undefined {
  const cursor = Array.isArray(value) ? value[0] : value;
  return cursor ? cursor.slice(0, MAX_CURSOR) : undefined;
}
