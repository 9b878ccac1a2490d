import { getTranslations } from 'next-intl/server';
import { Keys } from '@/components/layout/keys';
import { SHORTCUT_GROUPS } from '@/components/layout/shortcut-groups';
import { textLink } from '@/components/ui/text-link';
import { DocsSection } from './docs-section';

export async function KeyboardSection() {
  const t = await getTranslations('docs');
  const names = await getTranslations('shortcuts');
  return (
    <DocsSection id="keyboard" title={t('sections.keyboard')}>
      <p>
        {t('keyboard.intro')} {t.rich('keyboard.statement', { link: textLink('/docs/accessibility') })}
      </p>
      {SHORTCUT_GROUPS.map(({ name, rows }) => (
        <div key={name}>
          <h3 className="mb-1 text-sm font-[620]">{names(name)}</h3>
          <dl className="border-t border-hair text-sm">
            {rows.map(({ does, ...keys }) => (
              <div key={does} className="flex flex-wrap items-baseline gap-x-4 border-b border-hair py-1.5">
                <dt className="grow basis-[8rem] text-muted">{names(does)}</dt>
                <dd>
                  <Keys {...keys} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </DocsSection>
  );
}
