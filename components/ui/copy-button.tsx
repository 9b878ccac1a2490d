import { cn } from './class-names';

export interface CopyButtonProps {
  label: string;
  copied: string;
  failed: string;
  className: string;
  /** The text itself, or else the selector of the elements whose text it is. */
  text?: string;
  from?: string;
  accessibleName?: string | undefined;
  /** The key that does the same. */
  shortcut?: string;
}

/**
 * `watchCopyButtons` handles it. Inside a form, a click before the script has loaded submits that form, which
 * leads to the text.
 */
export function CopyButton({ label, copied, failed, className, ...rest }: CopyButtonProps) {
  const { text, from = '', accessibleName, shortcut } = rest;
  return (
    <>
      <button
        type="submit"
        aria-label={accessibleName}
        data-shortcut={shortcut}
        data-copies={from}
        data-text={text}
        className={cn(className, 'group/copy')}
      >
        {/* All three words lie in one cell, so that the button keeps its width. */}
        <span className="grid *:col-start-1 *:row-start-1">
          <span className="group-data-said/copy:invisible">{label}</span>
          <span aria-hidden="true" data-word="copied" className="not-group-data-[said=copied]/copy:invisible">
            {copied}
          </span>
          <span aria-hidden="true" data-word="failed" className="not-group-data-[said=failed]/copy:invisible">
            {failed}
          </span>
        </span>
      </button>
      <span role="status" className="sr-only" suppressHydrationWarning />
    </>
  );
}
