import 'server-only';
import { headers } from 'next/headers';
import { PAGE_PATH_HEADER } from './page-path';

/** Path and query of the current page. */
export async function currentPath(): Promise<string> {
  return (await headers()).get(PAGE_PATH_HEADER) ?? '/';
}

/** The sign-in page, which returns to the current page. */
export async function signInHref(): Promise<string> {
  return `/login?next=${encodeURIComponent(await currentPath())}`;
}
