import { forgetKey } from './known-keys';

const NAME = 'sheaf_deleting';

/** Notes which pastes a form is about to delete; the page after it forgets their keys. */
export function noteDeleting(slugs: readonly string[]): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(slugs));
  } catch {
    // Then nothing is kept in this browser either.
  }
}

/** Forgets the keys of the pastes that were deleted by the form before this page. */
export function forgetDeleted(): void {
  try {
    const slugs: unknown = JSON.parse(sessionStorage.getItem(NAME) ?? '[]');
    sessionStorage.removeItem(NAME);
    if (Array.isArray(slugs)) for (const slug of slugs) forgetKey(String(slug));
  } catch {
    // Then nothing is kept in this browser either.
  }
}
