import type { ComponentProps } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import type { PageText } from '@/lib/core/i18n/page-text';

interface CopyTextButtonProps {
  /** Whether the page shows one text. */
  isSingle: boolean;
  isSecondary?: boolean;
  text: PageText;
}

/** Copies the text of a page, or all of them. */
export function CopyTextButton({ isSingle, isSecondary = false, text: { t } }: CopyTextButtonProps) {
  return (
    <CopyButton
      label={t(isSingle ? 'reading.copy' : 'reading.copyAll')}
      copied={t('reading.copied')}
      failed={t('reading.notCopied')}
      from=".code-text"
      shortcut="c"
      className={cn(buttonVariants({ variant: isSecondary ? 'plain' : 'primary' }), 'max-sm:w-full')}
    />
  );
}

interface WrapButtonProps extends ComponentProps<'button'> {
  doesWrap: boolean;
  text: PageText;
}

export function WrapButton({ doesWrap, className, text, ...attributes }: WrapButtonProps) {
  return (
    <button
      type="button"
      data-toggles="wrap"
      data-shortcut="w"
      aria-pressed={doesWrap}
      className={cn(buttonVariants(), className, 'aria-pressed:border-accent aria-pressed:text-accent')}
      {...attributes}
    >
      {text.t('reading.wrap')}
    </button>
  );
}
