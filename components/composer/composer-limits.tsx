import { getFormatter, getTranslations } from 'next-intl/server';
import { maxPasteBytes, quotas } from '@/lib/core/instance-rules';
import { MAX_TEXT_BYTES } from '@/lib/pastes/schema';
import { sizeValues } from './size-values';

const MIB = 1024 * 1024;

/** What this instance lets the author store, where that is less than everywhere; nothing otherwise. */
export async function ComposerLimits({ author }: { author: string | null }) {
  const t = await getTranslations('composer');
  const format = await getFormatter();
  const max = maxPasteBytes(author !== null);
  const { memberBytes, memberPastes } = quotas();
  const sentences = max < MAX_TEXT_BYTES ? [t('limits.cap', sizeValues(max))] : [];
  const isCounted = author !== null && (memberBytes !== null || memberPastes !== null);
  // The composer is shown also while the database is unavailable.
  const usage = isCounted ? await findUsage(author) : null;
  if (usage && memberPastes !== null)
    sentences.push(t('limits.pastes', { used: usage.pastes, max: memberPastes }));
  if (usage && memberBytes !== null) {
    const used = format.number(usage.bytes / MIB, { maximumFractionDigits: 1 });
    sentences.push(t('limits.bytes', { used, max: format.number(memberBytes / MIB) }));
  }
  return sentences.length === 0 ? null : (
    <p className="gutter border-b border-hair py-2 text-xs text-muted">{sentences.join(' ')}</p>
  );
}

async function findUsage(author: string) {
  const { readUsage } = await import('@/lib/pastes/quota');
  return readUsage(author).catch(() => null);
}
