import { getTranslations } from 'next-intl/server';
import type { SecurityEventRecord } from '@/lib/accounts/sessions/lists';
import { describeDevice } from '@/lib/accounts/sessions/origin';
import { SettingsSection } from './settings-section';
import { When } from './when';

const SHOWN = 20;

/** Recent security events of the account. */
export async function EventsSection({ events, now }: { events: readonly SecurityEventRecord[]; now: Date }) {
  const t = await getTranslations('settings.events');
  return (
    <SettingsSection id="events" heading={t('heading')} explain={t('explain')}>
      {events.length === 0 ? <p className="text-muted">{t('none')}</p> : null}
      <ol className="-mt-3">
        {events.slice(0, SHOWN).map(({ id, kind, createdAt, userAgent, address }) => (
          <li key={id} className="border-b border-hair py-3 last:border-b-0">
            <p>{t(`kinds.${kind}`)}</p>
            <ul className="dotted flex flex-wrap text-sm text-muted">
              <li>
                <When words="happened" at={createdAt} now={now} />
              </li>
              {[describeDevice(userAgent), address].filter(Boolean).map((fact) => (
                <li key={fact} className="break-all">
                  {fact}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </SettingsSection>
  );
}
