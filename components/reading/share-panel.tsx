import { buttonVariants } from '@/components/ui/button-variants';
import type { PageText } from '@/lib/core/i18n/page-text';
import { pasteUrl } from '@/lib/pastes/dto';
import { CopyLinkButton } from './copy-link-button';
import { LinkPanel } from './link-panel';
import { QrPlace } from './qr-place';

interface SharePanelProps {
  slug: string;
  isSecret: boolean;
  /** How many people it is shared with; null if the reader may not know. */
  sharedWith: number | null;
  text: PageText;
}

/** The link of a paste: to select, to copy, for the system's share sheet and for a camera. See `watchShare`. */
export function SharePanel({ slug, isSecret, sharedWith, text }: SharePanelProps) {
  const { t } = text;
  const url = pasteUrl(slug);
  return (
    <LinkPanel id="share-panel" label={t('reading.share')}>
      <a id="share-link" href={`/${slug}`} className="tap font-mono text-xs [overflow-wrap:anywhere]">
        {url}
      </a>
      {isSecret ? <p className="text-xs text-muted">{t('saved.keyInLink')}</p> : null}
      <div className="needs-script flex flex-wrap gap-1.5">
        <CopyLinkButton text={text} />
        <button type="button" data-does="share" hidden className={buttonVariants()}>
          {t('saved.share')}
        </button>
      </div>
      <QrPlace label={t('saved.qrAlt', { url })} />
      {sharedWith === null ? null : (
        <a href={`/${slug}/share`} className="tap text-sm text-link">
          {t('sharing.tool', { count: sharedWith })}
        </a>
      )}
    </LinkPanel>
  );
}
