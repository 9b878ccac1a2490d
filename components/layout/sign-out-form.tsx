import type { ReactNode } from 'react';

/** Ends the session. A plain form: it also stands on pages that Next does not render. */
export function SignOutForm({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <form method="post" action="/logout" className={className}>
      {children}
    </form>
  );
}
