'use client';

import { useState } from 'react';
import { askJson } from '@/components/ui/ask-json';
import { useLookup } from '@/components/ui/use-lookup';
import type { ChoosableContact } from './choosable-contacts';

/** The contacts that match what is typed. `page` is the path of the page of sharing. */
export function useContactSuggestions(page: string, typed: string) {
  const search = typed.trim();
  const [choice, setChoice] = useState({ search, active: 0, isClosed: false });
  // Without suggestions the field still takes addresses.
  const answer = useLookup(search, (q) =>
    askJson<ChoosableContact[]>(`${page}/contacts?${new URLSearchParams({ q })}`),
  );
  const { active, isClosed } = choice.search === search ? choice : { active: 0, isClosed: false };
  return {
    found: answer && 'value' in answer && !isClosed ? answer.value : [],
    active,
    setActive: (next: number) => setChoice({ search, active: next, isClosed: false }),
    close: () => setChoice({ search, active: 0, isClosed: true }),
  };
}
