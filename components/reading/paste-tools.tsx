import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { LoadedFile } from './loaded-file';
import { type MoreDialogs, type MoreRights, MoreTools } from './more-tools';
import { ViewSwitch } from './view-switch';

interface PasteToolsProps {
  slug: string;
  files: readonly LoadedFile[];
  rights: MoreRights;
  dialogs: MoreDialogs;
  doesWrap: boolean;
  /** Whether another part of the page has the primary action. */
  isSecondary: boolean;
  text: PageText;
}

/** The toolbar; on a phone, at the bottom of the screen. */
export function PasteTools({ slug, files, rights, doesWrap, isSecondary, ...rest }: PasteToolsProps) {
  const { dialogs, text } = rest;
  const { t } = text;
  const [first] = files;
  const isSingle = files.length === 1;
  const plain = buttonVariants();
  return (
    <div className="no-print gutter paste-tools">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div role="group" aria-label={t('reading.tools')} className="thumb-bar flex gap-1.5">
        <form action={`/${slug}/raw`} className="needs-script max-sm:grow">
          <CopyButton
            label={t(isSingle ? 'reading.copy' : 'reading.copyAll')}
            copied={t('reading.copied')}
            failed={t('reading.notCopied')}
            from=".code-text"
            shortcut="c"
            className={cn(buttonVariants({ variant: isSecondary ? 'plain' : 'primary' }), 'max-sm:w-full')}
          />
        </form>
        <a
          href={`/${slug}/raw`}
          data-shortcut="r"
          className={cn(plain, 'max-sm:[@media(scripting:none)]:grow')}
        >
          {t('reading.raw')}
        </a>
        <a href={`/${slug}/download`} download="" className={cn(plain, 'max-sm:hidden')}>
          {t('reading.download')}
        </a>
        <button
          type="button"
          data-toggles="wrap"
          data-shortcut="w"
          aria-pressed={doesWrap}
          className={cn(
            plain,
            'needs-script max-sm:hidden aria-pressed:border-accent aria-pressed:text-accent',
          )}
        >
          {t('reading.wrap')}
        </button>
        <MoreTools
          slug={slug}
          rights={rights}
          dialogs={dialogs}
          doesWrap={doesWrap}
          triggerClassName={plain}
          text={text}
        />
      </div>
      {isSingle && first?.view ? <ViewSwitch slug={slug} file={first} isSingle text={text} /> : null}
      <div className="-mr-3 flex max-sm:hidden">
        {rights.sharedWith === null ? null : (
          <a href={`/${slug}/share`} className={buttonVariants({ variant: 'quiet' })}>
            {t('sharing.tool', { count: rights.sharedWith })}
          </a>
        )}
        {rights.canSeeHistory ? (
          <a href={`/${slug}/history`} data-shortcut="h" className={buttonVariants({ variant: 'quiet' })}>
            {t('reading.history')}
          </a>
        ) : null}
      </div>
    </div>
  );
}
