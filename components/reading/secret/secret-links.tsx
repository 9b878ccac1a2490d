'use client';

import { useEffect } from 'react';
import { keepKey, readKey } from './key-keeper';

/** For pages about a secret paste that do not show it: its key goes on to those that do. */
export function SecretLinks({ slug }: { slug: string }) {
  useEffect(() => {
    const key = readKey(slug);
    return key === null ? undefined : keepKey(slug, key);
  }, [slug]);
  return null;
}
