'use client';

import { useEffect } from 'react';
import { untilEnded } from '@/components/ui/until-ended';
import { keepKey, readKey } from './key-keeper';

/** For pages about a secret paste that do not show it: its key goes on to those that do. */
export function SecretLinks({ slug }: { slug: string }) {
  useEffect(() => {
    const key = readKey(slug);
    return key === null ? undefined : untilEnded((signal) => keepKey(slug, key, signal));
  }, [slug]);
  return null;
}
