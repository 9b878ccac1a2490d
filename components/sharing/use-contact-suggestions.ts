'use client';

import { useEffect, useState } from 'react';
import type { ChoosableContact } from './choosable-contacts';
import { suggestContactsAction } from './sheet-actions';

const PAUSE_MS = 180;

/** The contacts that match what is typed, asked for once the typing pauses. */
export function useContactSuggestions(slug: string, typed: string) {
  const [found, setFound] = useState<{ for: string; contacts: ChoosableContact[] }>({
    for: '',
    contacts: [],
  });
  const [active, setActive] = useState(0);
  const search = typed.trim();

  useEffect(() => {
    if (search === '') return;
    let isLatest = true;
    const pause = setTimeout(async () => {
      // Without suggestions the field still takes addresses.
      const answer = await suggestContactsAction(slug, search).catch(() => null);
      if (!isLatest || !answer || !('value' in answer)) return;
      setFound({ for: search, contacts: answer.value });
      setActive(0);
    }, PAUSE_MS);
    return () => {
      isLatest = false;
      clearTimeout(pause);
    };
  }, [slug, search]);

  return {
    found: search !== '' && found.for === search ? found.contacts : [],
    active,
    setActive,
    close: () => setFound({ for: '', contacts: [] }),
  };
}
