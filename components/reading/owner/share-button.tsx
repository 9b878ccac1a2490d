'use client';

import { useSyncExternalStore } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';

const never = () => () => {};

/** The system's own way to hand on a link, where there is one. */
export function ShareButton({ url, label }: { url: string; label: string }) {
  const canShare = useSyncExternalStore(
    never,
    () => 'share' in navigator,
    () => false,
  );
  if (!canShare) return null;
  return (
    <button
      type="button"
      className={buttonVariants({ variant: 'quiet', size: 'sm' })}
      // Whoever closes the sheet has changed their mind; that is no failure.
      onClick={() => void navigator.share({ url }).catch(() => {})}
    >
      {label}
    </button>
  );
}
