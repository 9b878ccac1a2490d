import { getTranslations } from 'next-intl/server';
import { COLUMN_TARGETS, type ImportColumn } from '@/lib/contacts/import-reading';
import { visibleText } from '@/lib/text/unicode/display-text';
import { ChoiceSelect } from './choice-select';
import { columnField } from './import-choices';

interface ImportColumnsProps {
  columns: readonly ImportColumn[];
}

/** The columns of a table that have contents, each with an example and what it becomes. */
export async function ImportColumns({ columns }: ImportColumnsProps) {
  const t = await getTranslations('contacts.import.columns');
  const shown = columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ sample }) => sample.trim() !== '');
  const empty = columns.length - shown.length;
  return (
    <section aria-labelledby="columns" className="mt-8">
      <h2 id="columns" className="text-lg leading-snug font-[620]">
        {t('heading')}
      </h2>
      <p className="mt-1 text-sm text-muted">
        {t('explain')} {empty === 0 ? null : t('empty', { count: empty })}
      </p>
      <table className="mt-3 w-full table-fixed border-collapse text-sm max-sm:block">
        <thead className="max-sm:sr-only">
          <tr className="border-b border-hair text-xs text-muted">
            {(['header', 'sample', 'target'] as const).map((name) => (
              <th
                key={name}
                scope="col"
                className="py-1.5 pr-4 text-left font-medium last:w-[200px] last:pr-0"
              >
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block max-sm:border-t max-sm:border-hair">
          {shown.map(({ header, sample, target, detected, index }) => {
            const name = visibleText(header) || t('unnamed', { number: index + 1 });
            return (
              <tr
                key={index}
                className="border-b border-hair max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_172px] max-sm:items-center max-sm:gap-x-3 max-sm:py-2"
              >
                <th
                  scope="row"
                  className="pr-4 text-left font-medium [overflow-wrap:anywhere] max-sm:block max-sm:self-end max-sm:pr-0"
                >
                  <bdi>{name}</bdi>
                </th>
                <td className="truncate pr-4 text-muted max-sm:col-start-1 max-sm:row-start-2 max-sm:block max-sm:self-start max-sm:pr-0 max-sm:text-xs">
                  <bdi>{visibleText(sample)}</bdi>
                </td>
                <td className="py-1.5 *:w-full max-sm:row-span-2 max-sm:row-start-1 max-sm:block max-sm:py-0">
                  <ChoiceSelect
                    name={columnField(index)}
                    value={target === detected ? '' : target}
                    options={COLUMN_TARGETS.map((one) => ({
                      value: one === detected ? '' : one,
                      label: t(`targets.${one}`),
                    }))}
                    aria-label={t('becomes', { header: name })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
