'use client';

import { useEffect, useState } from 'react';

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

/** Inside a form, a click before the script has loaded submits that form, which leads to the text. */
export function CopyButton({ label, copied, failed, className, ...rest }: CopyButtonProps) {
  const { text, from = '', accessibleName, shortcut } = rest;
  const [said, setSaid] = useState<string | null>(null);

  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), 2_000);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text ?? textOf(from));
      setSaid(copied);
    } catch {
      setSaid(failed);
    }
  }

  return (
    <>
      <button
        type="submit"
        aria-label={accessibleName}
        data-shortcut={shortcut}
        className={className}
        onClick={(event) => {
          event.preventDefault();
          void copy();
        }}
      >
        {/* All three words lie in one cell, so that the button keeps its width. */}
        <span className="grid *:col-start-1 *:row-start-1">
          <span className={said === null ? undefined : 'invisible'}>{label}</span>
          <span aria-hidden="true" className={said === copied ? undefined : 'invisible'}>
            {copied}
          </span>
          <span aria-hidden="true" className={said === failed ? undefined : 'invisible'}>
            {failed}
          </span>
        </span>
      </button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}

function textOf(selector: string): string {
  return [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '').join('\n');
}
