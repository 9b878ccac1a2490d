const PREFIX = 'sheaf_password_';

/** Hands the password of a secret paste to the next page of this tab. It is kept nowhere else. */
export function leavePassword(slug: string, password: string): void {
  try {
    sessionStorage.setItem(PREFIX + slug, password);
  } catch {
    // The next page asks for it.
  }
}

/** The password that was left for this page, which is then removed; empty if there is none. */
export function takePassword(slug: string): string {
  try {
    const password = sessionStorage.getItem(PREFIX + slug) ?? '';
    sessionStorage.removeItem(PREFIX + slug);
    return password;
  } catch {
    return '';
  }
}
