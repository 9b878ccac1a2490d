import { visibleText } from '@/lib/text/unicode/display-text';

/** A name as it is displayed; of letters that cannot be seen, a dash. */
export function personName({ firstName, lastName }: { firstName: string; lastName: string }): string {
  return visibleText(`${firstName} ${lastName}`) || '—';
}
