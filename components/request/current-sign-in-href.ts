import 'server-only';
import { headers } from 'next/headers';
import { PAGE_PATH_HEADER } from './page-path';

/** The sign-in page, which returns to the current page. */
export async function signInHref(): Promise<string> {
  const here = (await headers()).get(PAGE_PATH_HEADER) ?? '/';
  return `/login?next=${encodeURIComponent(here)}`;
}
