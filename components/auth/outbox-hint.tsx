import { getTranslations } from 'next-intl/server';
import { isOutboxOpen } from '@/components/outbox/local-outbox';

/** Where emails can be read if the server does not send them. */
export async function OutboxHint() {
  if (!(await isOutboxOpen())) return null;
  const t = await getTranslations('auth');
  return (
    <p className="mt-5 text-sm text-muted">
      {t.rich('outbox', {
        outbox: (words) => (
          <a href="/outbox" className="text-link">
            {words}
          </a>
        ),
      })}
    </p>
  );
}
