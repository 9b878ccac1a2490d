'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { RoleSelect } from './recipient-chip';
import type { SheetShare } from './sheet-shares';
import type { ShareSheetState } from './use-share-sheet';

interface SheetShareListProps {
  sheet: ShareSheetState;
  /** Moves the focus when the last row is gone. */
  onEmptied: () => void;
}

/** Whom the paste is shared with already, and whether it has reached them. */
export function SheetShareList({ sheet, onEmptied }: SheetShareListProps) {
  const t = useTranslations('shareSheet');
  const sharing = useTranslations('sharing');
  const { shares, listFault } = sheet;
  const list = useRef<HTMLUListElement>(null);
  const revoked = useRef<{ id: string; index: number } | null>(null);

  const focusNext = useEffectEvent(() => {
    const gone = revoked.current;
    if (!gone || shares.some(({ id }) => id === gone.id)) return;
    revoked.current = null;
    // The pressed button had the focus, unless it was moved since.
    if (!document.activeElement?.matches('body, dialog')) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = buttons[gone.index] ?? buttons.at(-1);
    if (next) next.focus();
    else onEmptied();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the list
  useEffect(() => focusNext(), [shares]);

  const fault =
    listFault === null ? null : (
      <p role="alert" className="mt-6 text-sm text-danger">
        {listFault}
      </p>
    );
  if (shares.length === 0) return fault;
  return (
    <section aria-labelledby="share-sheet-with" className="mt-6">
      <h3 id="share-sheet-with" className="text-sm font-medium">
        {t('with')}
      </h3>
      {fault}
      <ul ref={list}>
        {shares.map((share, index) => {
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
              {/* Not of the select itself, whose text would lose as much room. */}
              <div className="-ml-2 min-w-0">
                <RoleSelect
                  name={name}
                  role={share.role}
                  onRole={(role) => sheet.changeRole(share.id, role)}
                />
              </div>
              <Button
                variant="danger"
                size="sm"
                className="-mr-2 ml-auto"
                aria-label={sharing('revokeFrom', { name })}
                aria-busy={sheet.isBusy}
                onClick={() => {
                  if (sheet.isBusy) return;
                  revoked.current = { id: share.id, index };
                  sheet.revoke(share.id);
                }}
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
  if (openedAt !== null) return t('opened', { when: format.relativeTime(new Date(openedAt), new Date()) });
  return t(wasMailed ? 'sent' : 'notSent');
}
