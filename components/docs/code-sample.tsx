import { getTranslations } from 'next-intl/server';
import { useId } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import { highlightSample } from './highlight-sample';

interface CodeSampleProps {
  /** The caption above it. */
  caption: string;
  text: string;
  language: string;
  /** The subject of the example, if the caption does not name it. */
  label?: string;
  /** Whether it has a copy button. */
  canCopy?: boolean;
}

/** An example, in the colours of any text here. Long lines wrap, so that nothing has to be scrolled. */
export function CodeSample(props: CodeSampleProps) {
  return <ColouredSample {...props} id={useId()} />;
}

async function ColouredSample({
  caption,
  text,
  language,
  label = caption,
  canCopy = true,
  id,
}: CodeSampleProps & { id: string }) {
  const t = await getTranslations('docs');
  const html = await highlightSample(text, language);
  return (
    <figure aria-label={label}>
      <div className="flex min-h-8 flex-wrap items-center gap-x-4">
        <figcaption className="grow basis-[8rem] text-sm text-muted">{caption}</figcaption>
        {canCopy ? (
          <span className="needs-script no-print shrink-0">
            <CopyButton
              from={`[id="${id}"]`}
              label={t('copy')}
              copied={t('copied')}
              failed={t('copyFailed')}
              accessibleName={t('copyOf', { what: label })}
              className={cn(buttonVariants({ variant: 'quiet', size: 'sm' }), '-mr-2 text-end')}
            />
          </span>
        ) : null}
      </div>
      <pre
        lang="en"
        translate="no"
        dir="ltr"
        className="rounded-md border border-hair bg-raised px-4 py-3 font-mono text-xs leading-[1.6] wrap-anywhere whitespace-pre-wrap max-sm:px-3 max-sm:text-2xs"
      >
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: escaped by lib/text/highlight */}
        <code id={id} dangerouslySetInnerHTML={{ __html: html }} />
      </pre>
    </figure>
  );
}
