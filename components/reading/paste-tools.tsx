import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import type { LoadedFile } from './loaded-file';
import { CopyTextButton, WrapButton } from './text-tools';
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
          <CopyTextButton isSingle={isSingle} isSecondary={isSecondary} text={text} />
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
      <WrapButton doesWrap={doesWrap} className="needs-script max-sm:hidden" text={text} />
    </ToolBar>
  );
}
