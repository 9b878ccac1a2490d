import { createElement, type FunctionComponent } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Locale } from '@/lib/core/i18n/locale';
import { pageTextIn } from '@/lib/core/i18n/page-text';
import { createPaste } from '@/lib/pastes/create';
import { createPasteSchema } from '@/lib/pastes/schema';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import { FileIndex } from './file-index';
import { FilePart } from './file-part';
import { HiddenBanner } from './hidden-banner';
import { loadFiles } from './load/load-file';
import { leaveMarkup } from './markup-handover';
import { PasteEnd } from './paste-end';
import { PasteHead } from './paste-head';
import { PasteTools } from './paste-tools';
import { ViewSwitch } from './view-switch';

useTestDatabase();

/** The content of the reading page, as a server without Next renders it. */
async function renderPage(input: Record<string, unknown>, locale: Locale): Promise<string> {
  const { paste } = await createPaste(createPasteSchema.parse(input), ANONYMOUS);
  const text = pageTextIn(locale);
  const files = await loadFiles(paste.files, {
    query: undefined,
    text,
    reader: ANONYMOUS,
    leave: (html) => leaveMarkup(typeof html === 'string' ? html : new TextDecoder().decode(html)),
    afterwards: (work) => work(),
  });
  return [
    markup(HiddenBanner, { paste, isOwn: false, text }),
    markup(PasteHead, { paste, now: paste.createdAt, text }),
    markup(PasteTools, {
      slug: paste.slug,
      files,
      rights: { canEdit: false, canSeeHistory: false, sharedWith: null, holdsKey: false },
      dialogs: { moderation: null, deletion: null, settings: null },
      doesWrap: false,
      isSecondary: false,
      text,
    }),
    markup(FileIndex, { files, text }),
    ...files.map((file) =>
      markup(FilePart, {
        file,
        viewSwitch: createElement(ViewSwitch, { slug: paste.slug, file, isSingle: false, text }),
        raw: `/${paste.slug}/raw/${file.number}`,
        text,
      }),
    ),
    markup(PasteEnd, { paste, text }),
  ].join('');
}

function markup<Props extends object>(component: FunctionComponent<Props>, props: Props): string {
  return renderToStaticMarkup(createElement(component, props));
}

describe('the content of the reading page', () => {
  it('is rendered to static markup', async () => {
    const html = await renderPage(
      { title: 'Letter', content: 'const <x> = 1;', language: 'typescript' },
      'en',
    );
    expect(html).toContain('<bdi>Letter</bdi>');
    expect(html).toContain('<span id="L1" data-n="1">');
    expect(html).toContain('by a guest');
    expect(html).toContain('14 bytes');
  });

  it('has several files, their rendered form and their warnings, in the requested language', async () => {
    const files = [
      { name: 'a.md', content: '# One\n\n| a |\n|---|\n| b |' },
      { name: 'b.txt', content: 'a\u202eb' },
    ];
    const html = await renderPage({ files, expires_in: '1h' }, 'ru');
    expect(html).toMatch(/<h2[^>]*>One\u00a0<a [^>]*><\/a><\/h2>/);
    expect(html).toContain('href="#file-2"');
    expect(html).toContain('>Код</a>');
    expect(html).toContain('role="note"');
    expect(html).toContain('через 1 час');
  });
});
