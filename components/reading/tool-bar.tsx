import type { ReactNode } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import type { PageText } from '@/lib/core/i18n/page-text';
import { CopyLinkButton } from './copy-link-button';
import { type MoreDialogs, type MoreRights, MoreTools } from './more-tools';
import { SharePanel } from './share-panel';

export interface ToolBarProps {
  slug: string;
  rights: MoreRights;
  dialogs: MoreDialogs;
  doesWrap: boolean;
  /** As of `MoreTools`. */
  curl?: string | null;
  /** Whether another part of the page has the primary action, and the link. */
  isSecondary: boolean;
  text: PageText;
}

interface ToolBarParts {
  /** Whether a script shows what belongs to the text, and its link, once it can. */
  isSecret?: boolean;
  isShareable?: boolean;
  /** The button that copies the text. */
  copy: ReactNode;
  /** What else is done with the text. */
  children: ReactNode;
  viewSwitch: ReactNode;
}

/** The toolbar of a paste; on a phone, at the bottom of the screen. */
export function ToolBar({ slug, rights, dialogs, doesWrap, ...rest }: ToolBarProps & ToolBarParts) {
  const {
    curl = null,
    isSecondary,
    isSecret = false,
    isShareable = true,
    copy,
    children,
    viewSwitch,
    text,
  } = rest;
  const { t } = text;
  const quiet = buttonVariants({ variant: 'quiet' });
  const plain = buttonVariants();
  const isManager =
    rights.canEdit || rights.canSeeHistory || dialogs.deletion !== null || dialogs.moderation !== null;
  const isHidden = isSecret && !isManager;
  const withKey = isSecret ? { 'data-needs': 'key', hidden: true } : {};
  const share = (className: string) =>
    isShareable ? (
      <button
        type="button"
        popoverTarget="share-panel"
        aria-haspopup="dialog"
        data-shortcut="s"
        className={className}
        {...withKey}
      >
        {t('reading.share')}
      </button>
    ) : null;
  return (
    <div className="no-print gutter paste-tools" data-while={isHidden ? 'open' : undefined} hidden={isHidden}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div role="group" aria-label={t('reading.tools')} className="thumb-bar flex flex-wrap gap-1.5">
        {copy}
        {isShareable && !isSecondary ? (
          <span className="needs-script max-sm:hidden" {...withKey}>
            <CopyLinkButton text={text} />
          </span>
        ) : null}
        {children}
        {share(cn(plain, 'sm:hidden max-sm:[@media(scripting:none)]:grow'))}
        <MoreTools
          slug={slug}
          rights={rights}
          dialogs={dialogs}
          doesWrap={doesWrap}
          isSecret={isSecret}
          curl={curl}
          triggerClassName={plain}
          text={text}
        />
      </div>
      <div className="tool-links">
        {viewSwitch}
        <div className={cn('flex sm:-mr-3', !rights.canEdit && 'max-sm:hidden')}>
          {rights.canEdit ? (
            <a href={`/${slug}/edit`} data-shortcut="e" className={quiet}>
              {t('reading.edit')}
            </a>
          ) : null}
          {share(cn(quiet, 'max-sm:hidden'))}
          {rights.canSeeHistory ? (
            <a href={`/${slug}/history`} data-shortcut="h" className={quiet}>
              {t('reading.history')}
            </a>
          ) : null}
        </div>
      </div>
      {isShareable ? (
        <SharePanel slug={slug} isSecret={isSecret} sharedWith={rights.sharedWith} text={text} />
      ) : null}
    </div>
  );
}
