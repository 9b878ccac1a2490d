import { getTranslations } from 'next-intl/server';
import { AccountSection } from '@/components/docs/account-section';
import { BurningSection } from '@/components/docs/burning-section';
import { ClientSection } from '@/components/docs/client-section';
import { DocsContents } from '@/components/docs/docs-contents';
import { EditingSection } from '@/components/docs/editing-section';
import { HasteSection } from '@/components/docs/haste-section';
import { KeyboardSection } from '@/components/docs/keyboard-section';
import { LimitsSection } from '@/components/docs/limits-section';
import { PrivacySection } from '@/components/docs/privacy-section';
import { ReadingSection } from '@/components/docs/reading-section';
import { SavingSection } from '@/components/docs/saving-section';
import { SharingSection } from '@/components/docs/sharing-section';
import { TokensSection } from '@/components/docs/tokens-section';
import { guardPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { pageMetadata } from '@/components/page/page-metadata';
import { textLink } from '@/components/ui/text-link';
import { env } from '@/lib/core/env';
import { TRANSCRIPT } from './transcript';

const SECTIONS = [
  'saving',
  'reading',
  'editing',
  'burning',
  'client',
  'account',
  'tokens',
  'sharing',
  'haste',
  'keyboard',
  'limits',
  'privacy',
] as const;

/** Where the session was recorded. */
const RECORDED_AT = 'http://localhost:3000';

export const generateMetadata = pageMetadata('docs.heading', 'docs.description');

export default function DocsPage() {
  return guardPage(async () => {
    const t = await getTranslations('docs');
    const url = env().APP_URL;
    const entries = SECTIONS.map((name) => ({ href: `#${name}`, label: t(`sections.${name}`) }));
    return (
      <PageMain width="wide" className="text-base leading-relaxed">
        <header className="max-w-measure">
          <PageHeading>{t('heading')}</PageHeading>
          <p className="mt-3">{t('lead')}</p>
          <p className="mt-2">{t.rich('apiLink', { link: textLink('/docs/api') })}</p>
        </header>
        <div className="flex items-start gap-x-16 max-lg:mt-6 max-lg:flex-col">
          <DocsContents entries={entries} />
          <div className="min-w-0 max-w-measure grow max-lg:w-full">
            <SavingSection url={url} />
            <ReadingSection url={url} />
            <EditingSection url={url} />
            <BurningSection url={url} />
            <ClientSection url={url} />
            <AccountSection url={url} transcript={TRANSCRIPT.replaceAll(RECORDED_AT, url)} />
            <TokensSection url={url} />
            <SharingSection url={url} />
            <HasteSection url={url} />
            <KeyboardSection />
            <LimitsSection />
            <PrivacySection />
          </div>
        </div>
      </PageMain>
    );
  });
}
