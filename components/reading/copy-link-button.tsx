import { buttonVariants } from '@/components/ui/button-variants';
import { CopyButton } from '@/components/ui/copy-button';
import type { PageText } from '@/lib/core/i18n/page-text';

/** Copies the link of the paste of this page; see `watchShare`. */
export function CopyLinkButton({ text: { t } }: { text: PageText }) {
  return (
    <CopyButton
      label={t('saved.copyLink')}
      copied={t('reading.copied')}
      failed={t('reading.notCopied')}
      from="link"
      className={buttonVariants()}
    />
  );
}
