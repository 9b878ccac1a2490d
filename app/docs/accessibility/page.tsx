import { getTranslations } from 'next-intl/server';
import { DocsSection } from '@/components/docs/docs-section';
import { guardPage } from '@/components/page/page-guard';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { pageMetadata } from '@/components/page/page-metadata';
import { textLink } from '@/components/ui/text-link';
import { env } from '@/lib/core/env';

/** What e2e/accessibility.spec.ts, keyboard.spec.ts, phone.spec.ts and narrow.spec.ts check. */
const TESTED = ['rules', 'keyboard', 'names', 'zoom', 'colours', 'motion', 'touch', 'script'] as const;
const LIMITS = ['people', 'browser', 'editor', 'texts', 'secret'] as const;

export const generateMetadata = pageMetadata('accessibility.heading', 'accessibility.description');

export default function AccessibilityPage() {
  return guardPage(async () => {
    const t = await getTranslations('accessibility');
    const address = addressOf(env().MAIL_FROM);
    return (
      <PageMain width="column" className="leading-relaxed">
        <PageHeading>{t('heading')}</PageHeading>
        <p className="mt-3">{t('lead')}</p>
        <DocsSection id="tested" title={t('testedHeading')}>
          <p>{t('testedLead')}</p>
          <Points points={TESTED.map((name) => t(`tested.${name}`))} />
        </DocsSection>
        <DocsSection id="limits" title={t('limitsHeading')}>
          <Points points={LIMITS.map((name) => t(`limits.${name}`))} />
        </DocsSection>
        <DocsSection id="contact" title={t('contactHeading')}>
          <p>{t.rich('contact', { address, link: textLink(`mailto:${address}`) })}</p>
        </DocsSection>
      </PageMain>
    );
  });
}

function Points({ points }: { points: readonly string[] }) {
  return (
    <ul className="flex list-disc flex-col gap-2 pl-5">
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}

/** Of `Sheaf <sheaf@example.org>`, the address. */
function addressOf(mailbox: string): string {
  return /<([^<>]+)>/.exec(mailbox)?.[1] ?? mailbox;
}
