'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and until the page has come to life. */
export function useHasScript(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
