import { hostnameOf, isLoopback } from '../core/loopback';

/** A name or an address, optionally with a port. */
const HOST_SHAPE = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/i;

export interface OutboxVisit {
  isMailerLocal: boolean;
  appUrl: string;
  /** What the service listens on. */
  bindHost: string;
  /** As `admitRequest` determined it. */
  clientAddress: string;
  hostHeader: string | null;
}

/**
 * Whether `/outbox` exists for a request. It shows links that open accounts: so only where mail goes
 * nowhere, on a private service, and requested from the same machine under its own name; a
 * foreign name on a loopback address is how a web page would reach it.
 */
export function mayOpenOutbox(visit: OutboxVisit): boolean {
  const { isMailerLocal, appUrl, bindHost, clientAddress, hostHeader } = visit;
  const askedHost = HOST_SHAPE.exec(hostHeader ?? '')?.[1] ?? '';
  return isMailerLocal && [hostnameOf(appUrl), bindHost, clientAddress, askedHost].every(isLoopback);
}
