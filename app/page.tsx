import { getTranslations } from 'next-intl/server';
import { createPasteAction } from '@/components/composer/actions';
import { takeCarriedDraft } from '@/components/composer/carried-draft';
import { ComposerLimits } from '@/components/composer/composer-limits';
import { ComposerWithMessages } from '@/components/composer/composer-with-messages';
import { type Draft, EMPTY_FILE } from '@/components/composer/draft';
import type { SecretSource } from '@/components/composer/open-secret';
import { sourceOf } from '@/components/composer/secret-source';
import { TerminalLine } from '@/components/composer/terminal-line';
import { GUEST } from '@/components/drafts/draft-store';
import { shownSession } from '@/components/layout/shown-session';
import { Notice } from '@/components/page/notice';
import { guardPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { type RuleCode, RuleStatement } from '@/components/page/rule-statement';
import { currentCaller } from '@/components/request/current-caller';
import { withEditKey } from '@/components/request/edit-key-cookie';
import { afterResponse, largeReader } from '@/components/request/next-response';
import { setPageHeader } from '@/components/request/page-response';
import { getPageText } from '@/components/request/page-text';
import { recordOpenedPage } from '@/components/sharing/record-opened-page';
import { env } from '@/lib/core/env';
import { AppError } from '@/lib/core/errors';
import { instanceRules, offeredLifetimes, presetLifetime } from '@/lib/core/instance-rules';
import { takeEditSlot } from '@/lib/pastes/large-reads';
import { decideCreate } from '@/lib/pastes/policy';
import { readFileText, readPaste } from '@/lib/pastes/read';

export default function ComposerPage({ searchParams }: SearchPageProps) {
  return guardPage(async () => {
    const t = await getTranslations('composer');
    const settings = await getTranslations('settings');
    const docs = await getTranslations('docs');
    const search = await searchParams;
    const { deleted, goodbye, from, shared } = search;
    const source = typeof from === 'string' ? from : null;
    if (source !== null || shared !== undefined) setPageHeader('X-Robots-Tag', 'noindex');
    const rule = await findRuleAgainst();
    if (rule !== null) return <RuleStatement code={rule} path="/" text={await getPageText()} />;
    const userId = (await shownSession())?.user.id ?? null;
    const isMember = userId !== null;
    const carried = await takeCarriedDraft();
    const copy = source === null || carried ? null : await copyOf(source, isMember);
    const scope = source === null ? 'new' : `copy.${source}`;
    return (
      <main id="main" className="composer-page flex grow flex-col">
        <h1 className="sr-only">{t('heading')}</h1>
        {deleted === undefined ? null : <Notice name="deleted">{t('deleted')}</Notice>}
        {goodbye === undefined ? null : <Notice name="goodbye">{settings('delete.goodbye')}</Notice>}
        <ComposerLimits author={userId} />
        <ComposerWithMessages
          action={createPasteAction}
          draft={carried?.draft ?? copy?.draft ?? newDraft(isMember)}
          source={copy?.secret}
          etag={null}
          cancelHref={null}
          author={userId}
          isMember={isMember}
          draftPlace={carried ? null : { owner: userId ?? GUEST, scope, base: '' }}
        />
        {source === null && instanceRules().create === 'everyone' ? (
          <TerminalLine
            command={`echo hello | curl --data-binary @- ${env().APP_URL}`}
            words={{
              lead: t('terminal'),
              dismiss: t('dismissTerminal'),
              copy: { label: docs('copy'), copied: docs('copied'), failed: docs('copyFailed') },
            }}
          />
        ) : null}
      </main>
    );
  });
}

/** The rule of this instance by which the visitor may not create pastes, if any. */
async function findRuleAgainst(): Promise<RuleCode | null> {
  // The session need not be read, so that the composer is shown while the database is unavailable.
  if (instanceRules().create === 'everyone') return null;
  const decision = decideCreate(await currentCaller());
  if (decision === 'allowed') return null;
  return decision === 'disabled' ? 'create_disabled' : decision;
}

interface Copy {
  draft: Draft;
  /** Of a secret paste, whose content only the browser can copy. */
  secret?: SecretSource;
}

/** A new paste with the files of one that this browser may read in full. */
async function copyOf(slug: string, isMember: boolean): Promise<Copy> {
  const caller = await withEditKey(await currentCaller(), slug);
  const { paste, envelope, grant } = await readPaste(slug, { caller, surface: 'bytes' }).catch(hideClosed);
  if (envelope) throw new AppError('not_found');
  afterResponse(await takeEditSlot(paste.files, largeReader(caller)));
  const texts = await Promise.all(paste.files.map(readFileText));
  await recordOpenedPage(grant);
  if (paste.encryption) return { draft: newDraft(isMember), secret: sourceOf(paste, paste.encryption) };
  const files = paste.files.map(({ name, language }, index) => ({
    ...EMPTY_FILE,
    name,
    language,
    text: texts[index] ?? '',
  }));
  return { draft: { ...newDraft(isMember), title: paste.title, files } };
}

/** A paste that must be revealed first cannot be copied, as if it did not exist. */
function hideClosed(error: unknown): never {
  const isClosed = error instanceof AppError && error.code === 'reveal_required';
  throw isClosed ? new AppError('not_found') : error;
}

function newDraft(isMember: boolean): Draft {
  const preset = presetLifetime(isMember);
  const offered = offeredLifetimes(isMember);
  // Of a preset that is no named lifetime, or longer than allowed.
  const shortened = offered.includes('1w') ? '1w' : offered.at(-1);
  return {
    title: '',
    files: [EMPTY_FILE],
    lifetime: offered.find((name) => name === preset) ?? shortened ?? '1w',
    expiresAt: '',
    utcOffset: 0,
    visibility: 'unlisted',
    burnAfter: '',
    slug: '',
  };
}
