/** How the address of a page holds the place in it. */
export interface HashFormat {
  /** @param place `#L3`, or empty for none */
  toHash: (place: string) => string;
  /** The place in a `location.hash`: `#L3`, or empty. */
  toPlace: (hash: string) => string;
}

/** Of ordinary pages, where the fragment is the place. */
export const PLAIN_HASH: HashFormat = { toHash: (place) => place, toPlace: (hash) => hash };
