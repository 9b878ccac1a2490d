import type { ReactNode } from 'react';
import type { PageText } from '@/lib/core/i18n/page-text';
import { readsLeft } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { ExpiryMoment } from './moment';

interface SettingItemsProps {
  paste: PasteRecord;
  now: Date;
  /** The popover `paste-settings`; null for those who may not change them. */
  settings: ReactNode;
  text: PageText;
}

/** When the paste expires and who may see it, as items of its facts; its author changes them there. */
export function SettingItems({ paste, now, settings, text }: SettingItemsProps) {
  const { t } = text;
  const changeable = (words: ReactNode) =>
    settings === null ? (
      words
    ) : (
      <button
        type="button"
        popoverTarget="paste-settings"
        aria-haspopup="dialog"
        title={t('reading.changeSettings')}
        className="setting"
      >
        {words}
      </button>
    );
  return (
    <>
      {readsLeft(paste) === 0 ? null : (
        <li className="text-ink">{changeable(<ExpiryMoment paste={paste} now={now} text={text} />)}</li>
      )}
      <li>{changeable(t(`visibilities.${paste.visibility}`))}</li>
    </>
  );
}
