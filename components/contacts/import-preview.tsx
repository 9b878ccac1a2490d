import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { PageForm } from '@/components/ui/page-form';
import type { ImportOptions } from '@/lib/contacts/import-reading';
import { type ReadImport, readImport } from '@/lib/contacts/read-import';
import { visibleText } from '@/lib/text/unicode/display-text';
import { encodingName } from './encoding-name';
import { importContactsAction } from './import-actions';
import { previewHref } from './import-choices';
import { ImportColumns } from './import-columns';
import { ImportDates } from './import-dates';
import { ImportEncoding } from './import-encoding';
import { ImportPeople } from './import-people';
import { refusalSentence } from './import-refusal';
import { ImportRemarkList } from './import-remark-list';

interface ImportPreviewProps {
  stored: { id: string; name: string; bytes: Uint8Array };
  choices: ImportOptions;
}

/** A file before its import: what it will become, and what can be decided about it. */
export async function ImportPreview({ stored, choices }: ImportPreviewProps) {
  const t = await getTranslations('contacts.import');
  const contacts = await getTranslations('contacts');
  const read = await readImport(stored.bytes, choices);
  const isRefused = 'refusal' in read;
  const count = isRefused ? 0 : read.checked.valid.length;
  return (
    <PageForm action={importContactsAction.bind(null, stored.id)} aria-label={t('heading')} className="mt-1">
      {/* The Enter key presses the first button of a form: it must not import. */}
      <button
        type="submit"
        name="press"
        value="update"
        tabIndex={-1}
        aria-hidden="true"
        className="sr-only"
      />
      <ImportFacts name={stored.name} read={isRefused ? null : read} />
      {isRefused ? (
        <div className="mt-6 rounded-md bg-danger-wash px-4 py-3 text-sm">
          <p className="text-danger">{await refusalSentence(read.refusal)}</p>
          <p className="mt-1">
            <a href={previewHref(stored.id)} className="text-link">
              {t('reset')}
            </a>
          </p>
        </div>
      ) : (
        <ImportReadingView stored={stored} read={read} choices={choices} />
      )}
      <div className="sticky bottom-0 mt-8 flex flex-wrap gap-2 border-t border-hair bg-paper py-3">
        {count === 0 ? null : (
          <button
            type="submit"
            name="press"
            value="import"
            className={`${buttonVariants({ variant: 'primary', size: 'lg' })} max-sm:w-full`}
          >
            {t('submit', { count })}
          </button>
        )}
        {isRefused || !hasChoices(read, choices) ? null : (
          <button type="submit" name="press" value="update" className={buttonVariants({ size: 'lg' })}>
            {t('update')}
          </button>
        )}
        <button
          type="submit"
          name="press"
          value="cancel"
          className={buttonVariants({ variant: 'quiet', size: 'lg' })}
        >
          {contacts('cancel')}
        </button>
      </div>
    </PageForm>
  );
}

function hasChoices(read: ReadImport, choices: ImportOptions): boolean {
  return read.reading.columns.length > 0 || asksEncoding(read, choices) || asksDates(read, choices);
}

function asksEncoding({ reading }: ReadImport, { encoding }: ImportOptions): boolean {
  return !reading.encoding.certain || encoding !== undefined;
}

function asksDates({ reading }: ReadImport, { dateOrder }: ImportOptions): boolean {
  return reading.datesAmbiguous || dateOrder !== undefined;
}

async function ImportFacts({ name, read }: { name: string; read: ReadImport | null }) {
  const t = await getTranslations('contacts.import');
  const facts =
    read === null
      ? []
      : [
          t(`formats.${read.reading.format}`),
          await encodingName(read.reading.encoding.label),
          t('found', { count: read.reading.entries.length }),
        ];
  return (
    <ul className="dotted flex flex-wrap text-sm text-muted">
      <li className="max-w-full [overflow-wrap:anywhere]">
        <bdi>{visibleText(name) || '—'}</bdi>
      </li>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

async function ImportReadingView({ stored, read, choices }: ImportPreviewProps & { read: ReadImport }) {
  const t = await getTranslations('contacts.import');
  const { reading, checked, remarks } = read;
  const isOrderOpen = reading.datesAmbiguous && choices.dateOrder === undefined;
  return (
    <>
      <div className="mt-6 flex flex-col gap-5 empty:hidden">
        {asksEncoding(read, choices) ? (
          <ImportEncoding bytes={stored.bytes} encoding={reading.encoding} />
        ) : null}
        {asksDates(read, choices) ? (
          <ImportDates columns={reading.columns} chosen={choices.dateOrder} />
        ) : null}
      </div>
      <ImportPeople people={checked.valid} isOrderOpen={isOrderOpen} />
      {reading.columns.length === 0 ? null : <ImportColumns columns={reading.columns} />}
      {remarks.length === 0 ? null : (
        <ImportRemarkList
          heading={t('remarks.heading', { count: remarks.length })}
          remarks={{ total: remarks.length, items: remarks.slice(0, 100) }}
        />
      )}
    </>
  );
}
