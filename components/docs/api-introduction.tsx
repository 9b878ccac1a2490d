import { getTranslations } from 'next-intl/server';
import { PageHeading } from '@/components/page/page-heading';
import { textLink } from '@/components/ui/text-link';
import type { ApiDocument } from './api-document';
import { InlineCode } from './inline-code';

/** What applies to every operation. */
export async function ApiIntroduction({ document }: { document: ApiDocument }) {
  const t = await getTranslations('docs');
  const [, ...paragraphs] = document.info.description.split('\n\n');
  return (
    <header className="max-w-measure">
      <p className="text-sm">
        <a href="/docs" className="tap text-muted hover:text-ink">
          ← {t('api.back')}
        </a>
      </p>
      <PageHeading className="mt-2">{t('api.heading')}</PageHeading>
      <p className="mt-3">{t('api.description')}</p>
      <p className="mt-2">{t.rich('api.machine', { link: textLink('/api/v1/openapi.json') })}</p>
      <div lang="en" className="mt-2 flex flex-col gap-2">
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>
            <InlineCode text={paragraph} />
          </p>
        ))}
        <p>
          <code className="font-mono text-code">Authorization: Bearer</code>:{' '}
          <InlineCode text={document.components.securitySchemes.bearer?.description ?? ''} />
        </p>
      </div>
      <p className="mt-2">
        {t('api.baseUrl')}:{' '}
        <code className="font-mono text-code wrap-anywhere">{document.servers[0]?.url}/api/v1</code>
      </p>
    </header>
  );
}
