'use client';

import { useState } from 'react';
import { useLookup } from '@/components/ui/use-lookup';
import { suggestContactsAction } from './sheet-actions';

/** The contacts that match what is typed. */
export function useContactSuggestions(slug: string, typed: string) {
  const search = typed.trim();
  const [choice, setChoice] = useState({ search, active: 0, isClosed: false });
  // Without suggestions the field still takes addresses.
  const answer = useLookup(search, (query) => suggestContactsAction(slug, query).catch(() => null));
  const { active, isClosed } = choice.search === search ? choice : { active: 0, isClosed: false };
  return {
    found: answer && 'value' in answer && !isClosed ? answer.value : [],
    active,
    setActive: (next: number) => setChoice({ search, active: next, isClosed: false }),
    close: () => setChoice({ search, active: 0, isClosed: true }),
  };
}
