import 'server-only';
import { headers } from 'next/headers';

/** What allows a script or a style in this page, as `proxy.ts` chose it. */
export async function pageNonce(): Promise<string | undefined> {
  const policy = (await headers()).get('content-security-policy') ?? '';
  return /'nonce-([^']+)'/.exec(policy)?.[1];
}
