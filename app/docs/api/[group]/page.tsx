import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { ApiContents } from '@/components/docs/api-contents';
import { ApiGroup, ApiGroupHeader } from '@/components/docs/api-group';
import { groupOperations } from '@/components/docs/api-operations';
import { readApiDocument } from '@/components/docs/read-api-document';
import { TrySessionProvider } from '@/components/docs/try-session';
import { guardPage } from '@/components/page/page-guard';
import { PageMain } from '@/components/page/page-main';
import { AppError } from '@/lib/core/errors';

interface ApiGroupPageProps {
  params: Promise<{ group: string }>;
}

async function readGroup({ params }: ApiGroupPageProps) {
  const { group: id } = await params;
  const document = await readApiDocument();
  const groups = groupOperations(document);
  return { document, groups, group: groups.find((one) => one.id === id) };
}

export async function generateMetadata(props: ApiGroupPageProps): Promise<Metadata> {
  const { group } = await readGroup(props);
  const t = await getTranslations('docs.api');
  return { title: group ? `${group.name} · ${t('heading')}` : t('heading'), description: t('description') };
}

/** The operations of one tag of the document. */
export default function ApiGroupPage(props: ApiGroupPageProps) {
  return guardPage(async () => {
    const { document, groups, group } = await readGroup(props);
    if (!group) throw new AppError('not_found');
    const { docs } = await getMessages();
    return (
      <PageMain width="wide" className="leading-relaxed">
        <ApiGroupHeader group={group} />
        <ApiContents groups={groups} current={group} />
        <NextIntlClientProvider messages={{ docs: { api: { try: docs.api.try } } }}>
          <TrySessionProvider>
            <ApiGroup document={document} group={group} />
          </TrySessionProvider>
        </NextIntlClientProvider>
      </PageMain>
    );
  });
}
