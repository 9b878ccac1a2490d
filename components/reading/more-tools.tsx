import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { MenuLink } from '@/components/ui/menu-link';
import type { PageText } from '@/lib/core/i18n/page-text';
import { LineJump } from './line-jump';

export interface MoreRights {
  canEdit: boolean;
  canSeeHistory: boolean;
  /** How many people it is shared with; null if the reader may not know. */
  sharedWith: number | null;
  /** Whether this browser holds the edit key of the paste, and may see it. */
  holdsKey: boolean;
}

/** Forms that need a dialog; each null if the reader may not use it. */
export interface MoreDialogs {
  moderation: ReactNode;
  deletion: ReactNode;
  /** The popover `paste-settings`. */
  settings: ReactNode;
}

interface MoreToolsProps {
  slug: string;
  rights: MoreRights;
  dialogs: MoreDialogs;
  doesWrap: boolean;
  isSecret: boolean;
  /** A command that prints the text; null where it takes more than the link. */
  curl: string | null;
  triggerClassName: string;
  text: PageText;
}

/** Less frequent actions, in a native popover that needs no script. */
export function MoreTools({ slug, rights, dialogs, doesWrap, isSecret, ...rest }: MoreToolsProps) {
  const { curl, triggerClassName, text } = rest;
  const { t } = text;
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
          {isSecret ? (
            <li data-while="one-text" hidden className="sm:hidden">
              <a href="#main" target="_blank" rel="noopener" data-raw="" className="menu-item">
                {t('reading.raw')}
              </a>
            </li>
          ) : (
            <MenuLink href={`/${slug}/raw`} className="sm:hidden">
              {t('reading.raw')}
            </MenuLink>
          )}
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
          <MenuLink href={`/?from=${slug}`}>{t('reading.duplicate')}</MenuLink>
          {curl === null ? null : (
            <li className="needs-script">
              <CopyButton
                label={t('reading.copyCurl')}
                copied={t('reading.copied')}
                failed={t('reading.notCopied')}
                text={curl}
                className="menu-item"
              />
            </li>
          )}
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
          {rights.holdsKey ? <MenuLink href={`/${slug}?key`}>{t('reading.showEditKey')}</MenuLink> : null}
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
