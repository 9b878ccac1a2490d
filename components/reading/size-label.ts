import type { PageText } from '@/lib/core/i18n/page-text';

export function sizeLabel(bytes: number, { t, format }: PageText): string {
  if (bytes < 1000) return t('reading.bytes', { count: bytes });
  const [amount, unit] =
    bytes < 1_000_000 ? ([bytes / 1000, 'kilobyte'] as const) : ([bytes / 1_000_000, 'megabyte'] as const);
  return format.number(amount, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: amount < 10 ? 1 : 0,
  });
}
