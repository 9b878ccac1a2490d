import { useFormatter, useTranslations } from 'next-intl';
import type { Kept } from '@/components/drafts/draft-store';
import { Button } from '@/components/ui/button';
import { CrossIcon } from './icons';
import type { WaitingFor } from './offline/use-waiting';
import { sizeValues } from './size-values';
import type { Sending } from './use-saving';

export interface Note {
  text: string;
  /** Whether something did not go as its author wished. */
  isRefusal?: boolean;
  action?: { label: string; run: () => void };
}

export interface ComposerNotesProps {
  note: Note | null;
  sending: Sending | null;
  /** Whether what is written is in this browser as well; null while there is nothing to keep. */
  kept: Kept | null;
  /** 0 while there is plenty of room. */
  bytes: number;
  maxBytes: number;
  /** What the save waits for; null if it does not wait. */
  waitingFor: WaitingFor | null;
  isGuest: boolean;
  onStopWaiting: () => void;
  onDismiss: () => void;
}

const SLIP =
  'pointer-events-auto flex max-w-full items-center gap-x-3 rounded-md border bg-paper py-1 pr-1 pl-3 text-sm';

/** Notices in the composer, laid over its lower edge so that nothing moves. */
export function ComposerNotes({ note, sending, kept, bytes, maxBytes, ...waits }: ComposerNotesProps) {
  const { waitingFor, isGuest, onStopWaiting, onDismiss } = waits;
  const t = useTranslations('composer');
  const drafts = useTranslations('drafts');
  const format = useFormatter();
  const values = sizeValues(maxBytes);
  const shown = (bytes * values.max) / maxBytes;
  const size = { ...values, size: format.number(shown, { maximumFractionDigits: 2 }) };
  return (
    <div className="sheet-notes gutter">
      <div role="status" className="contents">
        {note === null ? null : (
          <p className={`${SLIP} ${note.isRefusal ? 'border-danger' : 'border-edge'}`}>
            <span className="min-w-0 py-1 [overflow-wrap:anywhere]">{note.text}</span>
            {note.action ? (
              <Button size="sm" variant="quiet" className="text-accent" onClick={note.action.run}>
                {note.action.label}
              </Button>
            ) : null}
            <Button
              size="sm"
              variant="quiet"
              className="w-8 px-0"
              aria-label={t('dismiss')}
              title={t('dismiss')}
              onClick={onDismiss}
            >
              <CrossIcon />
            </Button>
          </p>
        )}
        {waitingFor === null ? null : (
          <p className={`${SLIP} border-edge`}>
            <span className="min-w-0 py-1">
              {t(`offline.${waitingFor}`)} {isGuest ? t('offline.asGuest') : null}
            </span>
            <Button
              size="sm"
              variant="quiet"
              className="shrink-0 text-accent touch:whitespace-nowrap"
              onClick={onStopWaiting}
            >
              {t('offline.stop')}
            </Button>
          </p>
        )}
      </div>
      {sending === null ? null : (
        <div className={`${SLIP} border-edge`}>
          <progress
            aria-label={t('sending')}
            max={1}
            value={sending.share < 1 ? sending.share : undefined}
            className="send-progress"
          />
          <span className="tabular-nums">
            {sending.share < 1 ? format.number(sending.share, { style: 'percent' }) : t('storing')}
          </span>
          {sending.share < 1 ? (
            <Button size="sm" variant="quiet" onClick={sending.cancel}>
              {t('cancelSending')}
            </Button>
          ) : null}
        </div>
      )}
      {kept === null ? null : (
        <p className="ml-auto rounded-md bg-paper px-2 py-1 text-xs text-muted">{drafts(kept)}</p>
      )}
      <p role="status" className={kept === null ? 'ml-auto' : undefined}>
        {bytes === 0 ? null : (
          <span
            className={`rounded-md border bg-paper px-2.5 py-1 text-xs ${bytes > maxBytes ? 'border-danger text-danger' : 'border-edge text-muted'}`}
          >
            {t(bytes > maxBytes ? 'tooMuch' : 'nearlyFull', size)}
          </span>
        )}
      </p>
    </div>
  );
}
