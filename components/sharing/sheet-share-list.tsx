'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { RoleSelect } from './recipient-chip';
import type { SheetShare } from './sheet-shares';
import type { ShareSheetState } from './use-share-sheet';

/** Whom the paste is shared with already, and whether it has reached them. */
export function SheetShareList({ sheet }: { sheet: ShareSheetState }) {
  const t = useTranslations('shareSheet');
  const sharing = useTranslations('sharing');
  const { shares } = sheet;
  if (shares === null) {
    return sheet.fault === null ? <p className="mt-6 text-sm text-muted">{t('loading')}</p> : null;
  }
  if (shares.length === 0) return null;
  return (
    <section aria-labelledby="share-sheet-with" className="mt-6">
      <h3 id="share-sheet-with" className="text-sm font-medium">
        {t('with')}
      </h3>
      <ul>
        {shares.map((share) => {
          const name = share.name ?? share.email;
          return (
            <li
              key={share.id}
              className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-hair py-2 last:border-b-0"
            >
              <div className="min-w-0 basis-full">
                <p className="text-sm [overflow-wrap:anywhere]">
                  <bdi>{name}</bdi>
                </p>
                <p className="text-xs text-muted [overflow-wrap:anywhere]">
                  {share.name === null ? null : <>{share.email} · </>}
                  <Reached share={share} />
                </p>
              </div>
              <RoleSelect
                name={name}
                role={share.role}
                onRole={(role) => sheet.changeRole(share.id, role)}
                className="-ml-2"
              />
              <Button
                variant="danger"
                size="sm"
                className="-mr-2 ml-auto"
                aria-label={sharing('revokeFrom', { name })}
                onClick={() => sheet.revoke(share.id)}
              >
                {sharing('revoke')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Reached({ share: { wasMailed, openedAt } }: { share: SheetShare }) {
  const t = useTranslations('shareSheet');
  const format = useFormatter();
  if (openedAt !== null) return t('opened', { when: format.relativeTime(openedAt, new Date()) });
  return t(wasMailed ? 'sent' : 'notSent');
}
