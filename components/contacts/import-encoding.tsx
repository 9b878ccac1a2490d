import { getTranslations } from 'next-intl/server';
import { findEncodingSample } from '@/lib/contacts/encoding-sample';
import type { ImportReading } from '@/lib/contacts/import-reading';
import { visibleText } from '@/lib/text/unicode/display-text';
import { ChoiceSelect } from './choice-select';
import { encodingName } from './encoding-name';

interface ImportEncodingProps {
  bytes: Uint8Array;
  encoding: ImportReading['encoding'];
}

/** Asks for the encoding of a file; each option shows a text of the file as it would read. */
export async function ImportEncoding({ bytes, encoding: { label, alternatives } }: ImportEncodingProps) {
  const t = await getTranslations('contacts.import');
  const sample = findEncodingSample(bytes);
  const options = await Promise.all(
    [label, ...alternatives].map(async (value) => {
      const name = await encodingName(value);
      const text = sample === null ? '' : visibleText(new TextDecoder(value).decode(sample));
      return { value, label: text === '' ? name : t('encodingOption', { sample: text, encoding: name }) };
    }),
  );
  return (
    <div className="flex flex-col items-start gap-1.5">
      <label htmlFor="encoding" className="text-sm font-medium">
        {t('encoding')}
      </label>
      <ChoiceSelect
        id="encoding"
        name="encoding"
        value={label}
        options={options}
        aria-describedby="encoding-hint"
      />
      <p id="encoding-hint" className="text-xs text-muted">
        {t('encodingHint')}
      </p>
    </div>
  );
}
