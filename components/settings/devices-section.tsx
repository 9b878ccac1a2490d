import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ButtonForm } from '@/components/ui/page-form';
import type { SessionRecord } from '@/lib/accounts/sessions/lists';
import { describeDevice } from '@/lib/accounts/sessions/origin';
import { endOtherSessionsAction, endSessionAction } from './session-actions';
import { SettingsSection } from './settings-section';
import { When } from './when';

interface DevicesSectionProps {
  sessions: readonly SessionRecord[];
  currentId: string | null;
  now: Date;
}

/** The user's sessions. The current one comes first, and is ended by signing out. */
export async function DevicesSection({ sessions, currentId, now }: DevicesSectionProps) {
  const t = await getTranslations('settings.devices');
  const sorted = [...sessions].sort((a, b) => Number(b.id === currentId) - Number(a.id === currentId));
  return (
    <SettingsSection id="devices" heading={t('heading')} explain={t('explain')}>
      <ul className="-mt-3">
        {sorted.map((session) => (
          <Device key={session.id} session={session} isCurrent={session.id === currentId} now={now} />
        ))}
      </ul>
      {sessions.length < 2 ? null : (
        <div className="mt-4 -ml-3">
          <ConfirmDialog
            id="end-others"
            action={endOtherSessionsAction}
            trigger={{ label: t('endOthers'), className: buttonVariants({ variant: 'danger' }) }}
            words={{
              question: t('endOthersAsk'),
              explain: t('endOthersExplain'),
              confirm: t('endOthersConfirm'),
            }}
          />
        </div>
      )}
    </SettingsSection>
  );
}

interface DeviceProps {
  session: SessionRecord;
  isCurrent: boolean;
  now: Date;
}

async function Device({ session, isCurrent, now }: DeviceProps) {
  const t = await getTranslations('settings.devices');
  const device = describeDevice(session.userAgent) || t('unknown');
  return (
    <li className="flex items-center justify-between gap-4 border-b border-hair py-3">
      <div className="min-w-0">
        <p className="font-medium break-words">
          {device}
          {isCurrent ? <span className="ml-2.5 text-xs font-normal text-accent">{t('current')}</span> : null}
        </p>
        <ul className="dotted flex flex-wrap text-sm text-muted">
          {session.kind === 'api' ? <li>{t('api')}</li> : null}
          {session.address === '' ? null : <li className="break-all">{session.address}</li>}
          <li>
            <When words="seen" at={session.lastSeenAt} now={now} />
          </li>
        </ul>
      </div>
      {isCurrent ? null : (
        <ButtonForm action={endSessionAction.bind(null, session.id)} className="shrink-0">
          <button
            type="submit"
            aria-label={t('endDevice', { device })}
            className={buttonVariants({ size: 'sm' })}
          >
            {t('end')}
          </button>
        </ButtonForm>
      )}
    </li>
  );
}
