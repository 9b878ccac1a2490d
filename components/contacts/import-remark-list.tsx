import { getTranslations } from 'next-intl/server';
import { fieldMessages } from '@/components/actions/error-state';
import type { ImportRemark, ImportRemarks } from '@/lib/contacts/import-report';
import { visibleText } from '@/lib/text/unicode/display-text';

const FIELDS = ['first_name', 'last_name', 'email', 'phone', 'birthday', 'info'] as const;

/** What is not imported as it stands in the file, by line and name. */
export async function ImportRemarkList({ heading, remarks }: { heading: string; remarks: ImportRemarks }) {
  const t = await getTranslations('contacts.import.remarks');
  const { total, items } = remarks;
  const sentences = await Promise.all(items.map(sayRemark));
  return (
    <section aria-labelledby="remarks" className="mt-8">
      <h2 id="remarks" className="text-lg leading-snug font-[620]">
        {heading}
      </h2>
      <ul aria-labelledby="remarks" className="mt-3 border-t border-hair text-sm">
        {items.map(({ line, name }, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry may have several remarks
            key={index}
            className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 border-b border-hair py-2 [overflow-wrap:anywhere] max-sm:gap-x-2.5 sm:grid-cols-[96px_minmax(0,1fr)_minmax(0,2fr)]"
          >
            <span className="text-xs whitespace-nowrap text-muted tabular-nums">{t('line', { line })}</span>
            <bdi className="font-medium">{visibleText(name) || '—'}</bdi>
            <span className="max-sm:col-span-2">{sentences[index]}</span>
          </li>
        ))}
      </ul>
      {total > items.length ? (
        <p className="mt-3 text-sm text-muted">{t('more', { count: total - items.length })}</p>
      ) : null}
    </section>
  );
}

async function sayRemark({ reason, value = '', faults = [] }: ImportRemark): Promise<string> {
  const t = await getTranslations('contacts');
  const sentence = t(`import.reasons.${reason}`, { value: visibleText(value) });
  if (faults.length === 0) return sentence;
  const told = Object.entries(await fieldMessages(faults)).map(([path, fault]) => {
    const field = FIELDS.find((one) => one === path);
    return field === undefined ? fault : `${t(`fields.${field}`)}: ${fault}`;
  });
  return [sentence, ...told].join(' ');
}
