import { getTranslations } from 'next-intl/server';
import { nameShares } from '@/components/contacts/shown-shares';
import { Notice } from '@/components/page/notice';
import { guardMemberPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SlugPageProps } from '@/components/page/page-props';
import { titleOf } from '@/components/reading/display';
import { getPasteForPageOrThrow } from '@/components/reading/load/load-paste';
import { LocalTimes } from '@/components/reading/local-times';
import { getPageText } from '@/components/request/page-text';
import { SettingsSection } from '@/components/settings/settings-section';
import { findChoosableContacts } from '@/components/sharing/choosable-contacts';
import { ShareForm } from '@/components/sharing/share-form';
import { ShareList } from '@/components/sharing/share-list';
import { readContactChoiceQuery, readShareDone, type ShareDone } from '@/components/sharing/share-query';
import { AppError } from '@/lib/core/errors';
import { canShare } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { listSharesOf } from '@/lib/sharing/queries';

export const generateMetadata = privateMetadata('sharing.heading');

export default function SharePage({ params, searchParams }: SlugPageProps) {
  return guardMemberPage('member', async ({ user }) => {
    const { slug } = await params;
    const { paste, caller, now } = await getPasteForPageOrThrow(slug);
    if (!canShare(caller, paste, now)) throw new AppError('not_found');
    const search = await searchParams;
    const query = readContactChoiceQuery(search);
    const done = readShareDone(search);
    const shares = await nameShares(user.id, await listSharesOf(paste.id));
    const except = new Set([user.email, ...shares.map(({ email }) => email)]);
    const obstacle = obstacleOf(paste);
    const t = await getTranslations('sharing');
    return (
      <>
        {done === null ? null : <DoneNotice done={done} />}
        <PageMain width="wide">
          <PageHeading>{t('heading')}</PageHeading>
          <p className="mt-1 text-muted [overflow-wrap:anywhere]">
            <a href={`/${slug}`} className="tap text-link touch:-my-2.5">
              <bdi>{titleOf(paste, await getPageText())}</bdi>
            </a>
          </p>
          {shares.length === 0 ? null : (
            <SettingsSection
              id="shared-with"
              heading={t('with')}
              explain={paste.visibility === 'private' ? t('withExplain') : undefined}
            >
              <ShareList slug={slug} shares={shares} canMail={obstacle === null} now={now} />
            </SettingsSection>
          )}
          {obstacle !== null ? (
            <p className="mt-8 max-w-measure rounded-md bg-wash p-5 max-sm:p-4">{t(obstacle)}</p>
          ) : (
            <SettingsSection
              id="add-people"
              heading={t('addHeading')}
              explain={t(`addExplain.${paste.visibility}`)}
            >
              <ShareForm
                slug={slug}
                query={query}
                choosable={await findChoosableContacts(user.id, { ...query, except })}
              />
            </SettingsSection>
          )}
        </PageMain>
        <LocalTimes />
      </>
    );
  });
}

async function DoneNotice({ done }: { done: ShareDone }) {
  const t = await getTranslations('sharing');
  const count = 'count' in done ? done.count : 0;
  return <Notice name={done.name}>{t(`done.${done.name}`, { count })}</Notice>;
}

/** Why the paste cannot be shared; `secret` and `hidden` are also the message keys. */
function obstacleOf({ isSecret, hiddenAt }: PasteRecord): 'secret' | 'hidden' | null {
  if (isSecret) return 'secret';
  return hiddenAt === null ? null : 'hidden';
}
