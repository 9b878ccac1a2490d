import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { CheckField } from '@/components/ui/check-field';
import { PageForm } from '@/components/ui/page-form';
import { RadioField } from '@/components/ui/radio-field';
import { TextField } from '@/components/ui/text-field';
import type { Role } from '@/lib/generated/prisma/enums';
import { MAX_REASON_LENGTH, MIN_BLOCKED_BYTES } from '@/lib/pastes/schema';
import type { CaseDetailDto, DecideCase } from '@/lib/reports/schema';
import { decideCaseAction } from './report-actions';

/** The decision about a paste, with what the role allows. */
export async function DecisionForm({ entry, role }: { entry: CaseDetailDto; role: Role }) {
  const t = await getTranslations('moderation');
  const { paste } = entry;
  const isAdmin = role === 'admin';
  const options = decisionsFor(entry, isAdmin).map((value) => {
    const key = value === 'dismiss' && entry.appeal !== null ? 'uphold' : value;
    return { value, label: t(`decisions.${key}`), hint: `– ${t(`decisions.${key}Hint`)}` };
  });
  return (
    <PageForm action={decideCaseAction.bind(null, entry.id)} className="flex flex-col gap-5">
      {paste === null ? null : <input type="hidden" name="revision" value={paste.revision} />}
      <RadioField name="decision" legend={t('decisionHeading')} options={options} chosen="dismiss" />
      {paste === null ? null : (
        <TextField
          name="reason"
          label={t('reason')}
          hint={t('reasonHint')}
          maxLength={MAX_REASON_LENGTH}
          autoComplete="off"
        />
      )}
      {paste === null || paste.secret || paste.burns || paste.bytes < MIN_BLOCKED_BYTES ? null : (
        <CheckField name="block_texts" label={t('block')} hint={t('blockHint')} defaultChecked={false} />
      )}
      {isAdmin && paste !== null && paste.owner !== null && !paste.owner_banned ? (
        <CheckField name="ban_author" label={t('ban')} hint={t('banHint')} defaultChecked={false} />
      ) : null}
      <button type="submit" className={`${buttonVariants({ variant: 'primary', size: 'lg' })} self-start`}>
        {t('decide')}
      </button>
    </PageForm>
  );
}

function decisionsFor({ paste }: CaseDetailDto, isAdmin: boolean): DecideCase['decision'][] {
  if (paste === null) return ['dismiss'];
  return ['dismiss', paste.hidden ? 'restore' : 'hide', ...(isAdmin ? (['delete'] as const) : [])];
}
