'use client';

import { useSyncExternalStore } from 'react';
import { findLinkKey } from '@/components/secret/link-key';
import { CopyField, type CopyFieldProps } from '../copy-field';

const never = () => () => {};

interface SecretLinkProps extends Omit<CopyFieldProps, 'value'> {
  slug: string;
  /** Without the key. */
  url: string;
  /** In place of the link if its key is not known. */
  missing: string;
}

/** The whole link of a secret paste. Only the browser knows its key. */
export function SecretLink({ slug, url, missing, ...field }: SecretLinkProps) {
  const key = useSyncExternalStore(
    never,
    () => {
      const found = findLinkKey(slug);
      return 'key' in found ? found.key : '';
    },
    () => null,
  );
  if (key === null) return <div className="h-10 rounded-md border border-edge bg-raised" />;
  if (key === '') return <p className="text-sm">{missing}</p>;
  return <CopyField {...field} value={`${url}#${key}`} />;
}
