import { NOT_SAVED_YET, type SaveState } from '@/lib/pastes/draft';

/** What the page says that came back for a form posted whole; null if it is no composer. */
export function readPostedPage(html: string): SaveState | null {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const sentence = page.querySelector('form [role="alert"]')?.textContent;
  if (!sentence) return null;
  const fields: Record<string, string> = {};
  for (const { id, textContent } of page.querySelectorAll('form [id$="-error"]')) {
    if (textContent) fields[id.replace(/-error$/, '')] = textContent;
  }
  const etag = page.querySelector<HTMLInputElement>('form [name="etag"]')?.value ?? null;
  return { ...NOT_SAVED_YET, outcome: 'refused', sentence, fields, etag };
}
