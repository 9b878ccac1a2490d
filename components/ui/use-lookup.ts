'use client';

import { useEffect, useEffectEvent, useState } from 'react';

const PAUSE_MS = 180;

/**
 * What `find` answers for the query, asked for once the typing pauses. Undefined until it has answered for this very
 * query, and for an empty one: an answer for an earlier query is never returned.
 * @param find does not reject
 */
export function useLookup<T>(query: string, find: (query: string) => Promise<T>): T | undefined {
  const [found, setFound] = useState<{ query: string; value: T } | null>(null);
  const ask = useEffectEvent(find);

  useEffect(() => {
    if (query === '') return;
    let isLatest = true;
    const pause = setTimeout(async () => {
      const value = await ask(query);
      if (isLatest) setFound({ query, value });
    }, PAUSE_MS);
    return () => {
      isLatest = false;
      clearTimeout(pause);
    };
  }, [query]);

  return query !== '' && found?.query === query ? found.value : undefined;
}
