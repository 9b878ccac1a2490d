import type { NamedLifetime } from '@/lib/core/lifetime';

/** What the composer must know of the server's rules; passed down, so that the rules stay on the server. */
export interface ComposerSetup {
  lifetimes: readonly NamedLifetime[];
  /** Whether the author can make a paste public. */
  offersPublic: boolean;
  maxFiles: number;
  maxBytes: number;
  maxTitle: number;
  maxName: number;
  /** From which length on a password is measured. */
  minPassword: number;
  /** What every link begins with, without its scheme. */
  linkStart: string;
  /** Whether a service worker keeps the composer for use without a network. */
  worksOffline: boolean;
}
