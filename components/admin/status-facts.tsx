import type { ReactNode } from 'react';
import { momentValues } from '@/components/reading/moment';
import type { InstanceStatus } from '@/lib/admin/status';
import type { PageText } from '@/lib/core/i18n/page-text';
import { quotas } from '@/lib/core/instance-rules';

interface StatusFactsProps {
  status: InstanceStatus;
  now: Date;
  text: PageText;
}

export function StatusFacts({ status, now, text }: StatusFactsProps) {
  const { t, format } = text;
  const size = (bytes: number) =>
    format.number(bytes / 1_000_000, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  const time = (at: Date | null) => {
    if (at === null) return t('instanceStatus.never');
    const { when, moment } = momentValues(at, now, text);
    return moment(when);
  };
  const { textBytes } = status;
  const { allBytes } = quotas();
  const texts = textBytes === null ? t('instanceStatus.unknown') : size(textBytes);
  const ofQuota = (shown: string, most: number) =>
    t('instanceStatus.ofQuota', { size: shown, max: size(most) });
  const facts: [name: string, value: ReactNode][] = [
    [t('instanceStatus.database'), `PostgreSQL ${status.postgres}, ${size(status.bytes)}`],
    [t('instanceStatus.migration'), <code key="migration">{status.lastMigration}</code>],
    [
      t('instanceStatus.store'),
      t(`instanceStatus.stores.${status.store}`, {
        state: status.doesStoreAnswer ? 'answers' : 'silent',
      }),
    ],
    [t('instanceStatus.texts'), allBytes === null ? texts : ofQuota(texts, allBytes)],
    [t('instanceStatus.bodies'), format.number(status.bodies)],
    [t('instanceStatus.mailer'), t(`instanceStatus.mailers.${status.mailer}`)],
    [t('instanceStatus.mails'), format.number(status.mails)],
    [t('instanceStatus.swept'), time(status.sweptAt)],
    [t('instanceStatus.backedUp'), time(status.backedUpAt)],
    ['Node', status.node],
  ];
  return (
    <dl className="mt-5 border-t border-hair text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="flex flex-wrap gap-x-6 gap-y-0.5 border-b border-hair py-2.5">
          <dt className="w-[220px] shrink-0 text-muted max-sm:w-full">{name}</dt>
          <dd className="min-w-0 flex-1 basis-[240px] [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
