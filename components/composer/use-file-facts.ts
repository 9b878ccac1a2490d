'use client';

import { useState } from 'react';
import { detectLanguage } from '@/lib/text/highlight/detect-language';
import type { FileDraft } from './draft';
import type { FileCard } from './file-card';

const LOOKED_AT = 8_192;

export interface FileFacts {
  name: string;
  /** As chosen, or else as detected. */
  language: string;
  /** What it looks like; null while there is nothing to look at. */
  detected: string | null;
}

function factsOf({ name, language, text }: FileDraft): FileFacts {
  const isBlank = name.trim() === '' && text.trim() === '';
  const detected = isBlank ? null : detectLanguage({ name, text: text.slice(0, LOOKED_AT) });
  return { name: name.trim(), language: language || (detected ?? 'text'), detected };
}

/** What is known of each file, by the key of its card: at first from the card, then as it is written. */
export function useFileFacts(cards: readonly FileCard[]) {
  const [facts, setFacts] = useState(() => new Map(cards.map((card) => [card.key, factsOf(card)])));
  return {
    factsOf: (card: FileCard): FileFacts => facts.get(card.key) ?? factsOf(card),
    update(files: readonly FileDraft[]) {
      setFacts(
        new Map(
          cards.map((card, index) => {
            const next = factsOf(files[index] ?? card);
            const before = facts.get(card.key);
            return [card.key, before && isSame(before, next) ? before : next];
          }),
        ),
      );
    },
  };
}

function isSame(one: FileFacts, other: FileFacts): boolean {
  return one.name === other.name && one.language === other.language && one.detected === other.detected;
}
