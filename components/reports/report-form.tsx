import { getTranslations } from 'next-intl/server';
import { SubmitButton } from '@/components/auth/submit-button';
import { PageForm } from '@/components/ui/page-form';
import { SelectField } from '@/components/ui/select-field';
import { TextAreaField } from '@/components/ui/text-area-field';
import { TextField } from '@/components/ui/text-field';
import type { PasteRecord } from '@/lib/pastes/queries';
import { takesKey } from '@/lib/reports/report';
import { MAX_DETAILS_LENGTH, REPORT_REASONS } from '@/lib/reports/schema';
import { reportPasteAction } from './actions';

export async function ReportForm({ paste }: { paste: PasteRecord }) {
  const t = await getTranslations('reports');
  const limits = limitsOf(paste);
  return (
    <PageForm
      action={reportPasteAction.bind(null, paste.slug)}
      autoComplete="off"
      className="flex flex-col gap-5"
    >
      <SelectField
        name="reason"
        label={t('reason')}
        placeholder={t('chooseReason')}
        options={REPORT_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
      />
      <TextAreaField
        name="details"
        label={t('details')}
        hint={t('detailsHint')}
        rows={4}
        maxLength={MAX_DETAILS_LENGTH}
      />
      {takesKey(paste) ? (
        <TextField name="key" label={t('key')} hint={t('keyHint')} autoCapitalize="none" spellCheck={false} />
      ) : null}
      {limits === null ? null : <p className="rounded-md bg-wash px-4 py-3 text-sm">{t(limits)}</p>}
      <TextField
        name="email"
        type="email"
        label={t('email')}
        hint={t('emailHint')}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SubmitButton label={t('send')} />
      <p className="text-xs text-muted">{t('kept')}</p>
    </PageForm>
  );
}

/** Why moderators cannot read the paste; also the key of the message. */
function limitsOf({ burnAfter, encryption }: PasteRecord): 'burning' | 'locked' | null {
  if (burnAfter !== null) return 'burning';
  return encryption?.hasLock ? 'locked' : null;
}
