'use client';

import { useEffect } from 'react';

/** Removes a used query parameter from the URL, so that a reload or a shared link does not repeat it. */
export function DropQuery({ name }: { name: string }) {
  useEffect(() => {
    const url = new URL(window.location.href);
    url.searchParams.delete(name);
    window.history.replaceState(window.history.state, '', `${url.pathname}${url.search}${url.hash}`);
  }, [name]);
  return null;
}
