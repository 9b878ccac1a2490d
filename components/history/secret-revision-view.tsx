import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { momentValues } from '@/components/reading/moment';
import { SecretAids } from '@/components/reading/secret/secret-aids';
import { ContentTools, CopyTools } from '@/components/reading/secret/secret-tools';
import { SecretView } from '@/components/reading/secret/secret-view';
import { sizeLabel } from '@/components/reading/size-label';
import { readWrapChoice, WRAP_COOKIE } from '@/components/reading/wrap-choice';
import { getPageText } from '@/components/request/page-text';
import { totalBytes } from '@/lib/pastes/large-reads';
import { DeleteRevisionDialog } from './delete-revision-dialog';
import type { LoadedRevision } from './load-revision';

interface SecretRevisionViewProps {
  loaded: Pick<LoadedRevision, 'paste' | 'revision'>;
  now: Date;
}

/** One revision of a secret paste, which the browser decrypts. */
export async function SecretRevisionView({ loaded, now }: SecretRevisionViewProps) {
  const t = await getTranslations('history');
  const text = await getPageText();
  const wrap = readWrapChoice((await cookies()).get(WRAP_COOKIE)?.value);
  const { paste, revision } = loaded;
  const { slug, encryption } = paste;
  const { number, createdAt, stored } = revision;
  return (
    <>
      <main id="main" data-wrap={wrap} className="flex min-w-0 grow flex-col">
        <header className="gutter pt-6 pb-4 max-sm:pt-5">
          <p className="mb-1 text-sm text-muted touch:-mt-3 [overflow-wrap:anywhere]">
            <a id="secret-title" href={`/${slug}`} className="tap text-link">
              {text.t('secret.title')}
            </a>
            {' · '}
            <a href={`/${slug}/history`} className="tap text-link">
              {t('all')}
            </a>
          </p>
          <h1 className="text-xl leading-[1.25] font-[620] tracking-[-0.015em]">
            {t('revision', { number })}
          </h1>
          <ul id="secret-facts" className="dotted mt-1.5 flex flex-wrap text-sm text-muted">
            <li data-while="closed">
              {text.t('secretPage.encrypted', { size: sizeLabel(totalBytes(stored), text) })}
            </li>
            {number === paste.revision ? <li className="text-accent">{t('current')}</li> : null}
            <li>{t.rich('saved', momentValues(createdAt, now, text))}</li>
          </ul>
        </header>
        <div className="no-print gutter paste-tools" data-while="open" hidden>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
          <div role="group" aria-label={text.t('reading.tools')} className="thumb-bar flex gap-1.5">
            <CopyTools text={text} />
            <ContentTools slug={slug} doesWrap={wrap === 'on'} hasMenu={false} text={text} />
          </div>
          <div id="secret-switch" className="contents" />
        </div>
        {number === paste.revision ? null : (
          <div className="no-print gutter pb-4">
            <DeleteRevisionDialog slug={slug} number={number} />
          </div>
        )}
        <SecretView
          source={{
            slug,
            raw: `/${slug}/history/raw?r=${number}`,
            lock: encryption?.hasLock ? `/${slug}/lock` : undefined,
            revision: number,
          }}
          explanation={null}
          text={text}
        />
      </main>
      <SecretAids />
    </>
  );
}
