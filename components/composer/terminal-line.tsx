'use client';

import { useEffect, useState } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyButton, type CopyButtonProps } from '@/components/ui/copy-button';
import { hasChosen, keepChoice } from '@/lib/core/browser-storage';

const STORED = 'sheaf:terminal-line-dismissed';

interface TerminalLineProps {
  command: string;
  words: { lead: string; dismiss: string; copy: Pick<CopyButtonProps, 'label' | 'copied' | 'failed'> };
}

/** A command that does what the composer does. Its place stays when it is dismissed, so that nothing moves. */
export function TerminalLine({ command, words }: TerminalLineProps) {
  const [isDismissed, setDismissed] = useState(false);
  const small = buttonVariants({ variant: 'quiet', size: 'sm' });

  useEffect(() => setDismissed(hasChosen(STORED)), []);

  return (
    <p
      className={cn(
        'gutter flex min-h-10 items-center gap-x-2 border-t border-hair text-xs text-muted max-sm:hidden',
        isDismissed && 'invisible',
      )}
    >
      <span className="shrink-0">{words.lead}</span>
      <code className="min-w-0 truncate font-mono text-2xs text-ink">{command}</code>
      <span className="needs-script ml-auto flex shrink-0">
        <CopyButton {...words.copy} text={command} className={small} />
        <button
          type="button"
          className={cn(small, '-mr-2')}
          onClick={() => {
            setDismissed(true);
            keepChoice(STORED, true);
          }}
        >
          {words.dismiss}
        </button>
      </span>
    </p>
  );
}
