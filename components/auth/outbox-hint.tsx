import { getTranslations } from 'next-intl/server';
import { isOutboxOpen } from '@/components/outbox/local-outbox';
import { textLink } from '@/components/ui/text-link';

/** Where emails can be read if the server does not send them. */
export async function OutboxHint() {
  if (!(await isOutboxOpen())) return null;
  const t = await getTranslations('auth');
  return <p className="mt-5 text-sm text-muted">{t.rich('outbox', { outbox: textLink('/outbox') })}</p>;
}
