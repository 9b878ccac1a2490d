import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { CopyButton } from '@/components/ui/copy-button';
import { pasteUrl } from '@/lib/pastes/dto';
import { MAX_SHARES } from '@/lib/sharing/schema';
import { ShareSheetOpener } from './share-sheet-opener';

/** On the page of one's own paste: with a script, what leads to its sharing opens a sheet instead. */
export async function ShareSheetPlace({ slug }: { slug: string }) {
  const { shareSheet, sharing, composer, saved } = await getMessages();
  const { roles, done, notify, tellTitle, submit, seen, revoke, revokeFrom, roleOf, notOpened, quoted } =
    sharing;
  const messages = {
    shareSheet,
    sharing: { roles, done, notify, tellTitle, submit, seen, revoke, revokeFrom, roleOf, notOpened, quoted },
    composer: { unreachable: composer.unreachable, signedOut: composer.signedOut },
    saved: { share: saved.share },
  };
  const { t } = await getPageText();
  const url = pasteUrl(slug);
  return (
    <NextIntlClientProvider messages={messages}>
      <ShareSheetOpener slug={slug} url={url} max={MAX_SHARES}>
        <CopyButton
          label={t('saved.copyLink')}
          copied={t('reading.copied')}
          failed={t('reading.notCopied')}
          text={url}
          className={buttonVariants()}
        />
      </ShareSheetOpener>
    </NextIntlClientProvider>
  );
}
