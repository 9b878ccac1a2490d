import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { ShownUser } from '@/components/layout/account-menu';
import { NotFoundStatement } from '@/components/page/not-found-statement';
import { isRuleCode, RuleStatement } from '@/components/page/rule-statement';
import { UnavailableStatement } from '@/components/page/unavailable-statement';
import { loadFiles } from '@/components/reading/load/load-file';
import { dialogsFor } from '@/components/reading/manage/dialogs';
import { discardMarkup, leaveMarkup } from '@/components/reading/markup-handover';
import { isIndexed, pasteMetadata } from '@/components/reading/paste-metadata';
import { PastePage, type PastePageProps } from '@/components/reading/paste-page';
import { RefusedNote } from '@/components/reading/refused-note';
import { SecretPage } from '@/components/reading/secret/secret-page';
import type { SeenPaste } from '@/components/reading/seen-paste';
import { MarkReplacer } from '@/components/request/mark-replacer';
import { env } from '@/lib/core/env';
import type { AppError } from '@/lib/core/errors';
import { type PageText, pageTextIn } from '@/lib/core/i18n/page-text';
import { setting } from '@/lib/core/settings/stored-settings';
import type { PasteRecord } from '@/lib/pastes/queries';
import type { PageAssets } from './assets';
import { PageDocument } from './document';
import { PasteMeta } from './paste-meta';
import type { ReadingRequest } from './reading-request';

export interface PageFrame {
  asked: ReadingRequest;
  user: ShownUser | null;
  /** As `SiteHeader` takes it. */
  unopened: number;
  assets: PageAssets;
}

export interface ShownPaste extends SeenPaste {
  viewer: PastePageProps['viewer'];
}

/**
 * The page of a paste. `isFinal` is false if another try may show more of it.
 * @throws AppError storage_unavailable, overloaded
 */
export async function renderPastePage(
  shown: ShownPaste,
  frame: PageFrame,
): Promise<{ html: Buffer; isFinal: boolean }> {
  const { paste, caller, viewer, now } = shown;
  const { asked } = frame;
  const text = pageTextIn(asked.locale);
  const replacer = new MarkReplacer();
  const tokens: string[] = [];
  const ends: (() => void)[] = [];
  try {
    const files = await loadFiles(paste.files, {
      query: asked.view,
      views: asked.views,
      text,
      reader: caller,
      leave: (markup) => {
        const bytes = typeof markup === 'string' ? Buffer.from(markup) : markup;
        const token = leaveMarkup(replacer.add(bytes));
        tokens.push(token);
        return token;
      },
      afterwards: (work) => ends.push(work),
    });
    const html = renderPaste(
      paste,
      frame,
      <PastePage
        paste={paste}
        files={files}
        now={now}
        viewer={viewer}
        dialogs={dialogsFor(shown, text)}
        wrap={asked.wrap}
        text={text}
      />,
    );
    const pieces = replacer.push(Buffer.from(html));
    return {
      html: Buffer.concat([...pieces, replacer.flush()]),
      isFinal: files.every((file) => file.isFinal),
    };
  } finally {
    for (const token of tokens) discardMarkup(token);
    for (const end of ends) end();
  }
}

/** The page of a secret paste, which the browser of the reader decrypts. */
export function renderSecretPage(shown: ShownPaste, { asked, ...frame }: PageFrame): Buffer {
  const { paste, viewer, now } = shown;
  const text = pageTextIn(asked.locale);
  const { secretScript } = frame.assets;
  const html = renderPaste(
    paste,
    { ...frame, asked, assets: { ...frame.assets, script: secretScript } },
    <SecretPage
      paste={paste}
      now={now}
      viewer={viewer}
      dialogs={dialogsFor(shown, text)}
      wrap={asked.wrap}
      text={text}
    />,
  );
  return Buffer.from(html);
}

function renderPaste(paste: PasteRecord, frame: PageFrame, page: ReactElement): string {
  const text = pageTextIn(frame.asked.locale);
  const { refusal } = frame.asked;
  const shown = { paste, isOpen: true };
  const metadata = pasteMetadata(shown, text);
  const isPublic = isIndexed(shown);
  return renderDocument(
    <PageDocument
      {...documentProps(frame, text)}
      title={isPublic ? withSiteName(metadata.title) : metadata.title}
      description={metadata.description}
      head={<PasteMeta {...metadata} origin={env().APP_URL} slug={paste.slug} isIndexed={isPublic} />}
    >
      {refusal === null ? null : <RefusedNote refusal={refusal} text={text} />}
      {page}
    </PageDocument>,
  );
}

/** The page in place of a paste that does not exist, that the reader may not see, or whose page failed. */
export function renderProblem(problem: AppError, frame: PageFrame): Buffer {
  const text = pageTextIn(frame.asked.locale);
  const { code } = problem;
  if (code === 'not_found') {
    return renderStatement(frame, {
      title: text.t('notFound.title'),
      statement: <NotFoundStatement text={text} />,
    });
  }
  if (isRuleCode(code)) {
    return renderStatement(frame, {
      title: text.t(`problems.${code}.title`),
      statement: <RuleStatement code={code} path={frame.asked.path} text={text} />,
    });
  }
  return renderStatement(frame, {
    title: text.t('unavailable.databaseTitle'),
    statement: <UnavailableStatement problem={problem} path={frame.asked.path} text={text} />,
  });
}

function renderStatement(frame: PageFrame, page: { title: string; statement: ReactElement }): Buffer {
  const text = pageTextIn(frame.asked.locale);
  const html = renderDocument(
    <PageDocument
      {...documentProps(frame, text)}
      title={withSiteName(page.title)}
      description={text.t('site.description')}
      head={<meta name="robots" content="noindex" />}
    >
      {page.statement}
    </PageDocument>,
  );
  return Buffer.from(html);
}

function documentProps({ asked, user, unopened, assets }: PageFrame, text: PageText) {
  return { assets, theme: asked.theme, path: asked.path, user, unopened, text };
}

function withSiteName(title: string): string {
  return `${title} · ${setting('instance_name')}`;
}

function renderDocument(page: ReactElement): string {
  return `<!DOCTYPE html>${renderToStaticMarkup(page)}`;
}
