import { useFormatter, useTranslations } from 'next-intl';
import { FileIcon } from './icons';
import { base64Length } from './secret/base64';

const UNITS = [
  ['megabyte', 1_000_000],
  ['kilobyte', 1_000],
] as const;
const PHOTO = /\.(avif|heic|heif|jpe?g|png|tiff?|webp)$/i;

/** A file that is not text, in the place of its text. */
export function BinaryFile({ name, base64 }: { name: string; base64: string }) {
  const t = useTranslations('composer');
  const format = useFormatter();
  const bytes = base64Length(base64);
  const [unit, divisor] = UNITS.find(([, least]) => bytes >= least) ?? (['byte', 1] as const);
  const size = format.number(bytes / divisor, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumSignificantDigits: 3,
  });
  return (
    <div className="text-box items-center justify-center gap-1 px-6 py-10 text-center font-sans">
      <span className="mb-2 text-muted">
        <FileIcon />
      </span>
      <p className="max-w-full text-base font-medium [overflow-wrap:anywhere]">
        <bdi>{name || t('fileNamePlaceholder')}</bdi>
      </p>
      <p className="text-sm text-muted">{t('secret.binary', { size })}</p>
      {PHOTO.test(name) ? <p className="mt-2 max-w-measure text-sm text-muted">{t('secret.photo')}</p> : null}
    </div>
  );
}
