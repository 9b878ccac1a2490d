import { type FormState, NOT_POSTED } from '@/components/actions/form-state';

/** The codes after which the form offers a way on. */
const AFTER_ACCESS_ENDED = ['unauthorized', 'not_found'] as const;

/** What the page says that came back for a form posted whole; null if it is no composer. */
export function readPostedPage(html: string): FormState | null {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const asked = page.querySelector<HTMLElement>('form [data-credentials]')?.dataset.credentials;
  if (asked !== undefined) return { ...NOT_POSTED, outcome: 'asked', credentials: JSON.parse(asked) };
  const alert = page.querySelector<HTMLElement>('form [role="alert"]');
  const sentence = alert?.textContent || null;
  const fields: Record<string, string> = {};
  for (const { id, textContent } of page.querySelectorAll('form [id$="-error"]')) {
    if (textContent) fields[id.replace(/-error$/, '')] = textContent;
  }
  if (sentence === null && Object.keys(fields).length === 0) return null;
  const etag = page.querySelector<HTMLInputElement>('form [name="etag"]')?.value ?? null;
  const code = AFTER_ACCESS_ENDED.find((one) => one === alert?.dataset.code) ?? null;
  return { ...NOT_POSTED, outcome: 'error', code, sentence, fields, etag };
}
