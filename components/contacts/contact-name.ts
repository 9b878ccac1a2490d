import { visibleText } from '@/lib/text/unicode/display-text';

/** A contact's name for display; a dash if it has no visible characters. */
export function contactName({ firstName, lastName }: { firstName: string; lastName: string }): string {
  return visibleText(`${firstName} ${lastName}`) || '—';
}
