import { getTranslations } from 'next-intl/server';
import { momentValues } from '@/components/reading/moment';
import { sizeLabel } from '@/components/reading/size-label';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { PageForm } from '@/components/ui/page-form';
import { TextField } from '@/components/ui/text-field';
import { MAX_REASON_LENGTH } from '@/lib/pastes/schema';
import type { ApprovalDto } from '@/lib/reports/approval-schema';
import { languageName } from '@/lib/text/highlight/languages';
import { visibleText } from '@/lib/text/unicode/display-text';
import { decideApprovalAction } from './approval-actions';

interface ApprovalListProps {
  entries: readonly ApprovalDto[];
  now: Date;
}

/** Members who wait for approval, with their pastes and the forms for the decision. */
export function ApprovalList({ entries, now }: ApprovalListProps) {
  return (
    <ul className="mt-5 border-t border-hair">
      {entries.map((entry) => (
        <ApprovalRow key={entry.id} entry={entry} now={now} />
      ))}
    </ul>
  );
}

async function ApprovalRow({ entry, now }: { entry: ApprovalDto; now: Date }) {
  const t = await getTranslations('approvals');
  const site = await getTranslations('site');
  const text = await getPageText();
  const { id, username, waiting, version, pastes } = entry;
  const decide = decideApprovalAction.bind(null, id);
  const about = (
    <>
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="username" value={username} />
    </>
  );
  return (
    <li className="border-b border-hair py-5">
      <h2 className="text-base font-semibold [overflow-wrap:anywhere]">
        <a href={`/u/${username}`} className="tap hover:text-accent">
          {username}
        </a>
      </h2>
      <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted">
        <li className="font-medium text-ink">{t('waiting', { count: waiting })}</li>
        <li>{t.rich('joined', momentValues(new Date(entry.joined_at), now, text))}</li>
      </ul>
      <ul className="mt-3 flex flex-col gap-3">
        {pastes.map((paste) => (
          <WaitingPaste key={paste.slug} paste={paste} now={now} />
        ))}
      </ul>
      {waiting > pastes.length ? (
        <p className="mt-2 text-sm text-muted">{t('more', { count: waiting - pastes.length })}</p>
      ) : null}
      {/* Two forms, so that the Enter key in the reason does not approve. */}
      <div className="mt-4 flex flex-wrap items-end gap-x-10 gap-y-5">
        <PageForm action={decide} unreachable={site('unreachable')}>
          {about}
          <button
            type="submit"
            name="decision"
            value="approve"
            className={buttonVariants({ variant: 'primary', size: 'lg' })}
          >
            {t('approve')}
          </button>
        </PageForm>
        <PageForm action={decide} className="flex grow flex-wrap items-end gap-x-3 gap-y-2">
          {about}
          <div className="grow sm:max-w-fields">
            <TextField name="reason" label={t('reason')} maxLength={MAX_REASON_LENGTH} autoComplete="off" />
          </div>
          <button type="submit" name="decision" value="decline" className={buttonVariants({ size: 'lg' })}>
            {t('decline')}
          </button>
        </PageForm>
      </div>
    </li>
  );
}

async function WaitingPaste({ paste, now }: { paste: ApprovalDto['pastes'][number]; now: Date }) {
  const t = await getTranslations('approvals');
  const text = await getPageText();
  return (
    <li className="border-l-2 border-hair pl-3 text-sm">
      <a href={`/${paste.slug}`} className="tap font-medium [overflow-wrap:anywhere] hover:text-accent">
        <bdi>{visibleText(paste.title) || t('untitled')}</bdi>
      </a>{' '}
      <span className="font-mono text-xs text-muted">{paste.slug}</span>
      {paste.preview === null ? null : (
        <p
          dir="auto"
          className="mt-0.5 line-clamp-2 font-mono text-xs whitespace-pre-line text-muted [overflow-wrap:anywhere]"
        >
          {visibleText(paste.preview)}
        </p>
      )}
      <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted">
        <li>{languageName(paste.language)}</li>
        <li>{sizeLabel(paste.bytes, text)}</li>
        {paste.files > 1 ? <li>{text.t('reading.files', { count: paste.files })}</li> : null}
        <li>{text.t.rich('moderation.created', momentValues(new Date(paste.created_at), now, text))}</li>
      </ul>
    </li>
  );
}
