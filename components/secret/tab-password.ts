import { quietly } from '@/lib/core/browser-storage';

const PREFIX = 'sheaf_password_';

/** Hands the password of a secret paste to the next page of this tab. It is kept nowhere else. */
export function leavePassword(slug: string, password: string): void {
  // Without storage the next page asks for it.
  quietly(() => sessionStorage.setItem(PREFIX + slug, password));
}

/** The password that was left for this page, which is then removed; empty if there is none. */
export function takePassword(slug: string): string {
  const password = quietly(() => sessionStorage.getItem(PREFIX + slug)) ?? '';
  quietly(() => sessionStorage.removeItem(PREFIX + slug));
  return password;
}
