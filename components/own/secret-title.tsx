'use client';

import { useSyncExternalStore } from 'react';
import { PasteTitle } from '@/components/reading/paste-title';
import { findKey } from '@/components/secret/known-keys';

const never = () => () => {};

/** As `PasteTitle`, with the title and the key of a secret paste if this browser knows them. */
export function SecretTitle({ slug, title }: { slug: string; title: string }) {
  const known = useSyncExternalStore(
    never,
    () => JSON.stringify(findKey(slug)),
    () => 'null',
  );
  const found: ReturnType<typeof findKey> = JSON.parse(known);
  if (!found) return <PasteTitle slug={slug} title={title} />;
  return <PasteTitle slug={slug} title={found.title || title} fragment={`#${found.key}`} />;
}
