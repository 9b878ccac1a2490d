import type { ReactNode } from 'react';

/** Ends the session. A plain form: it also stands on pages that Next does not render. */
export function SignOutForm({ children }: { children: ReactNode }) {
  return (
    <form method="post" action="/logout">
      {children}
    </form>
  );
}
