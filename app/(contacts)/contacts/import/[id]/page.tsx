import { getTranslations } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { ContactsFrame } from '@/components/contacts/contacts-frame';
import { readChoices } from '@/components/contacts/import-choices';
import { ImportPreview } from '@/components/contacts/import-preview';
import { ImportReportView } from '@/components/contacts/import-report-view';
import { guardMemberPage } from '@/components/page/page-guard';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { getImportOrThrow } from '@/lib/contacts/stored-imports';
import { enforceLimit } from '@/lib/limits/enforce';

interface ImportPreviewPageProps extends SearchPageProps {
  params: Promise<{ id: string }>;
}

export const generateMetadata = privateMetadata('contacts.import.heading');

export default function ImportPreviewPage({ params, searchParams }: ImportPreviewPageProps) {
  return guardMemberPage('member', async (caller) => {
    const { user } = caller;
    await enforceLimit('contacts-list', caller);
    const stored = await getImportOrThrow(user.id, readId((await params).id));
    const t = await getTranslations('contacts.import');
    return (
      <ContactsFrame heading={t(stored.report === null ? 'heading' : 'report.heading')} isWide>
        {stored.report === null ? (
          <ImportPreview stored={stored} choices={readChoices(await searchParams)} />
        ) : (
          <ImportReportView ownerId={user.id} name={stored.name} report={stored.report} />
        )}
      </ContactsFrame>
    );
  });
}
