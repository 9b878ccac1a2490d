import { type FormState, NOT_POSTED } from '@/components/actions/form-state';

/** What the page says that came back for a form posted whole; null if it is no composer. */
export function readPostedPage(html: string): FormState | null {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const sentence = page.querySelector('form [role="alert"]')?.textContent;
  if (!sentence) return null;
  const fields: Record<string, string> = {};
  for (const { id, textContent } of page.querySelectorAll('form [id$="-error"]')) {
    if (textContent) fields[id.replace(/-error$/, '')] = textContent;
  }
  const etag = page.querySelector<HTMLInputElement>('form [name="etag"]')?.value ?? null;
  return { ...NOT_POSTED, outcome: 'error', sentence, fields, etag };
}
