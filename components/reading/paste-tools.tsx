import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import type { LoadedFile } from './loaded-file';
import { ToolBar, type ToolBarProps } from './tool-bar';
import { ViewSwitch } from './view-switch';

interface PasteToolsProps extends ToolBarProps {
  files: readonly LoadedFile[];
}

/** The toolbar of a paste whose text is on the page. */
export function PasteTools({ files, ...bar }: PasteToolsProps) {
  const { slug, doesWrap, isSecondary, text } = bar;
  const { t } = text;
  const [first] = files;
  const isSingle = files.length === 1;
  const plain = cn(buttonVariants(), 'max-sm:hidden');
  return (
    <ToolBar
      {...bar}
      copy={
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
      }
      viewSwitch={
        isSingle && first?.view ? <ViewSwitch slug={slug} file={first} isSingle text={text} /> : null
      }
    >
      <a href={`/${slug}/raw`} data-shortcut="r" className={plain}>
        {t('reading.raw')}
      </a>
      <a href={`/${slug}/download`} download="" className={plain}>
        {t('reading.download')}
      </a>
      <button
        type="button"
        data-toggles="wrap"
        data-shortcut="w"
        aria-pressed={doesWrap}
        className={cn(plain, 'needs-script aria-pressed:border-accent aria-pressed:text-accent')}
      >
        {t('reading.wrap')}
      </button>
    </ToolBar>
  );
}
