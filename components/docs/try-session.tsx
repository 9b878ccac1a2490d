'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

interface TrySession {
  /** Only in memory: it is lost when the page closes. */
  token: string;
  setToken(token: string): void;
}

const Session = createContext<TrySession | null>(null);

/** The token typed into one of the forms, shared by all of them. */
export function TrySessionProvider({ children }: { children: ReactNode }) {
  const [token, setToken] = useState('');
  const session = useMemo(() => ({ token, setToken }), [token]);
  return <Session value={session}>{children}</Session>;
}

export function useTrySession(): TrySession {
  const session = useContext(Session);
  if (!session) throw new Error('there is no TrySessionProvider above this');
  return session;
}
