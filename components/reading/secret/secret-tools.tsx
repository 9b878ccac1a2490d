import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import type { PageText } from '@/lib/core/i18n/page-text';
import { type MoreDialogs, type MoreRights, MoreTools } from '../more-tools';

interface SecretToolsProps {
  slug: string;
  rights: MoreRights;
  dialogs: MoreDialogs;
  /** Before it is known whether all texts are prose. */
  doesWrap: boolean;
  text: PageText;
}

/** As `PasteTools`; the tools for the text appear with it. */
export function SecretTools({ slug, rights, dialogs, doesWrap, text }: SecretToolsProps) {
  const { t } = text;
  const plain = buttonVariants();
  const isManager =
    rights.canEdit || rights.canSeeHistory || dialogs.deletion !== null || dialogs.moderation !== null;
  return (
    <div
      className="no-print gutter paste-tools"
      data-while={isManager ? undefined : 'open'}
      hidden={!isManager}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div role="group" aria-label={t('reading.tools')} className="thumb-bar flex gap-1.5">
        <ContentTools slug={slug} doesWrap={doesWrap} text={text} />
        <MoreTools
          slug={slug}
          rights={rights}
          dialogs={dialogs}
          doesWrap={doesWrap}
          triggerClassName={plain}
          text={text}
        />
      </div>
      <div id="secret-switch" className="contents" />
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

type ContentToolsProps = Pick<SecretToolsProps, 'slug' | 'doesWrap' | 'text'>;

/** What a reader does with the files; most of it with texts only. */
export function ContentTools({ slug, doesWrap, text }: ContentToolsProps) {
  const { t } = text;
  const copy = (label: string) => (
    <CopyButton
      label={label}
      copied={t('reading.copied')}
      failed={t('reading.notCopied')}
      from=".code-text"
      shortcut="c"
      className={cn(buttonVariants({ variant: 'primary' }), 'max-sm:w-full')}
    />
  );
  return (
    <>
      <span data-while="one-text" hidden className="max-sm:grow">
        {copy(t('reading.copy'))}
      </span>
      <span data-while="many-texts" hidden className="max-sm:grow">
        {copy(t('reading.copyAll'))}
      </span>
      <a
        id="secret-raw"
        href="#main"
        target="_blank"
        rel="noopener"
        data-while="one-text"
        data-shortcut="r"
        hidden
        className={buttonVariants()}
      >
        {t('reading.raw')}
      </a>
      <DownloadLink slug={slug} text={text} />
      <button
        type="button"
        data-toggles="wrap"
        data-shortcut="w"
        aria-pressed={doesWrap}
        data-while="one-text many-texts"
        hidden
        className={cn(buttonVariants(), 'max-sm:hidden aria-pressed:border-accent aria-pressed:text-accent')}
      >
        {t('reading.wrap')}
      </button>
    </>
  );
}

/** The script saves the decrypted files instead of the ciphertext; on a phone, the menu has it. */
function DownloadLink({ slug, text: { t } }: { slug: string; text: PageText }) {
  return (
    <a
      href={`/${slug}/download`}
      download=""
      data-while="open"
      hidden
      className={cn(buttonVariants(), 'max-sm:hidden')}
    >
      {t('reading.download')}
    </a>
  );
}
