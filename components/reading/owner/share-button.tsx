'use client';

import { useSyncExternalStore } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';

const never = () => () => {};

/** Opens the system's share sheet, where there is one. */
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
      // Closing the share sheet also rejects; that is not an error.
      onClick={() => void navigator.share({ url }).catch(() => {})}
    >
      {label}
    </button>
  );
}
