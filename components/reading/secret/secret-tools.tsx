import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import type { PageText } from '@/lib/core/i18n/page-text';
import { CopyTextButton, WrapButton } from '../text-tools';
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
export function CopyTools({ isSecondary = false, text }: { isSecondary?: boolean; text: PageText }) {
  return (
    <>
      <span data-while="one-text" hidden className="max-sm:grow">
        <CopyTextButton isSingle isSecondary={isSecondary} text={text} />
      </span>
      <span data-while="many-texts" hidden className="max-sm:grow">
        <CopyTextButton isSingle={false} isSecondary={isSecondary} text={text} />
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
      <WrapButton
        doesWrap={doesWrap}
        data-while="one-text many-texts"
        hidden
        className={hasMenu ? 'max-sm:hidden' : undefined}
        text={text}
      />
    </>
  );
}
