'use client';

import { useEffect } from 'react';

/** Takes a word that has done its work out of the address, so that a reload or a shared link is clean. */
export function DropQuery({ name }: { name: string }) {
  useEffect(() => {
    const url = new URL(window.location.href);
    url.searchParams.delete(name);
    window.history.replaceState(window.history.state, '', `${url.pathname}${url.search}${url.hash}`);
  }, [name]);
  return null;
}
