import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import type { PageText } from '@/lib/core/i18n/page-text';
import { ToolBar, type ToolBarProps } from '../tool-bar';

interface SecretToolsProps extends ToolBarProps {
  /** False for readers of a paste that burns: its link is soon of no use. */
  isShareable: boolean;
}

/** As `PasteTools`; the tools for the text appear with it. `doesWrap` is a guess until its language is known. */
export function SecretTools(bar: SecretToolsProps) {
  const { slug, doesWrap, isSecondary, text } = bar;
  return (
    <ToolBar
      {...bar}
      isSecret
      copy={<CopyTools isSecondary={isSecondary} text={text} />}
      viewSwitch={<div id="secret-switch" className="contents" />}
    >
      <ContentTools slug={slug} doesWrap={doesWrap} text={text} />
    </ToolBar>
  );
}

/** The buttons that copy one text, or several. */
export function CopyTools({ isSecondary = false, text: { t } }: { isSecondary?: boolean; text: PageText }) {
  const copy = (label: string) => (
    <CopyButton
      label={label}
      copied={t('reading.copied')}
      failed={t('reading.notCopied')}
      from=".code-text"
      shortcut="c"
      className={cn(buttonVariants({ variant: isSecondary ? 'plain' : 'primary' }), 'max-sm:w-full')}
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
    </>
  );
}

interface ContentToolsProps {
  slug: string;
  doesWrap: boolean;
  /** Whether a menu has them on a phone. */
  hasMenu?: boolean;
  text: PageText;
}

/** What else a reader does with the files; most of it with texts only. */
export function ContentTools({ slug, doesWrap, hasMenu = true, text }: ContentToolsProps) {
  const { t } = text;
  const plain = cn(buttonVariants(), hasMenu && 'max-sm:hidden');
  return (
    <>
      <a
        href="#main"
        target="_blank"
        rel="noopener"
        data-raw=""
        data-while="one-text"
        data-shortcut="r"
        hidden
        className={plain}
      >
        {t('reading.raw')}
      </a>
      {/* The script saves the decrypted files instead of the ciphertext. */}
      <a href={`/${slug}/download`} download="" data-while="open" hidden className={plain}>
        {t('reading.download')}
      </a>
      <button
        type="button"
        data-toggles="wrap"
        data-shortcut="w"
        aria-pressed={doesWrap}
        data-while="one-text many-texts"
        hidden
        className={cn(plain, 'aria-pressed:border-accent aria-pressed:text-accent')}
      >
        {t('reading.wrap')}
      </button>
    </>
  );
}
