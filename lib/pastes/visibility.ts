const FROM_NARROW_TO_WIDE = ['private', 'unlisted', 'public'];

/** Whether more people can read a paste of the first visibility than of the second. */
export function isWider(visibility: string, before: string): boolean {
  return FROM_NARROW_TO_WIDE.indexOf(visibility) > FROM_NARROW_TO_WIDE.indexOf(before);
}
