import type { ReactNode } from 'react';
import { MenuLink } from '@/components/ui/menu-link';
import type { PageText } from '@/lib/core/i18n/page-text';
import { LineJump } from './line-jump';

export interface MoreRights {
  canEdit: boolean;
  canSeeHistory: boolean;
  /** How many people it is shared with; null if the reader may not know. */
  sharedWith: number | null;
}

/** Forms that need a dialog; each null if the reader may not use it. */
export interface MoreDialogs {
  moderation: ReactNode;
  deletion: ReactNode;
}

interface MoreToolsProps {
  slug: string;
  rights: MoreRights;
  dialogs: MoreDialogs;
  doesWrap: boolean;
  triggerClassName: string;
  text: PageText;
}

/** Less frequent actions, in a native popover that needs no script. */
export function MoreTools({ slug, rights, dialogs, doesWrap, triggerClassName, text }: MoreToolsProps) {
  const { t } = text;
  const { canEdit, canSeeHistory, sharedWith } = rights;
  const { moderation, deletion } = dialogs;
  return (
    <>
      <button type="button" popoverTarget="more-tools" className={triggerClassName}>
        {t('reading.more')}
      </button>
      <div
        id="more-tools"
        popover="auto"
        className="more-panel rounded-md border border-edge bg-raised text-ink"
      >
        <ul>
          <li className="sm:hidden">
            <a href={`/${slug}/download`} download="" className="menu-item">
              {t('reading.download')}
            </a>
          </li>
          <li className="needs-script sm:hidden">
            <button type="button" data-toggles="wrap" aria-pressed={doesWrap} className="menu-item">
              {t('reading.wrap')}
            </button>
          </li>
          {canEdit ? <MenuLink href={`/${slug}/edit`}>{t('reading.edit')}</MenuLink> : null}
          {canSeeHistory ? (
            <MenuLink href={`/${slug}/history`} className="sm:hidden">
              {t('reading.history')}
            </MenuLink>
          ) : null}
          {sharedWith === null ? null : (
            <MenuLink href={`/${slug}/share`} className="sm:hidden">
              {t('sharing.tool', { count: sharedWith })}
            </MenuLink>
          )}
          <MenuLink href={`/?from=${slug}`}>{t('reading.duplicate')}</MenuLink>
          <li className="needs-script">
            <button type="button" popoverTarget="line-jump" className="menu-item">
              {t('reading.goToLine')}
            </button>
          </li>
          <li className="needs-script max-sm:hidden">
            <button type="button" data-does="print" className="menu-item">
              {t('reading.print')}
            </button>
          </li>
          {moderation === null ? null : <li className="mt-1 border-t border-hair pt-1">{moderation}</li>}
          {deletion === null ? null : <li className="mt-1 border-t border-hair pt-1">{deletion}</li>}
        </ul>
      </div>
      {/* Shortcuts only work on visible elements, and the menu is closed. */}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        popoverTarget="line-jump"
        data-shortcut="l"
        className="needs-script sr-only"
      />
      <LineJump text={text} />
    </>
  );
}
