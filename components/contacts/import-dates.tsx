import { getFormatter, getTranslations } from 'next-intl/server';
import { RadioField } from '@/components/ui/radio-field';
import type { ImportColumn, ImportOptions } from '@/lib/contacts/import-reading';
import { DATE_ORDERS } from './import-choices';

const EXAMPLE = '05/03/1990';
const DATE = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;

interface ImportDatesProps {
  columns: readonly ImportColumn[];
  chosen: ImportOptions['dateOrder'];
}

/** Asks for the order of day and month, by a date of the file. */
export async function ImportDates({ columns, chosen }: ImportDatesProps) {
  const t = await getTranslations('contacts.import');
  const format = await getFormatter();
  const samples = columns.filter(({ target }) => target === 'birthday').map(({ sample }) => sample.trim());
  const sample = samples.find(isAmbiguous) ?? EXAMPLE;
  const [, first, second, year] = (DATE.exec(sample) ?? []).map(Number);
  const options = DATE_ORDERS.map((value) => {
    const [day = 1, month = 1] = value === 'day_first' ? [first, second] : [second, first];
    const date = new Date(Date.UTC(year ?? 0, month - 1, day));
    return {
      value,
      label: format.dateTime(date, { dateStyle: 'long', timeZone: 'UTC' }),
      hint: t(`dates.${value}`),
    };
  });
  return (
    <RadioField name="dates" legend={t('dates.legend', { sample })} options={options} chosen={chosen ?? ''} />
  );
}

/** Whether a date is another one with day and month exchanged. */
function isAmbiguous(text: string): boolean {
  const [, first = 0, second = 0] = (DATE.exec(text) ?? []).map(Number);
  return first > 0 && second > 0 && first <= 12 && second <= 12 && first !== second;
}
