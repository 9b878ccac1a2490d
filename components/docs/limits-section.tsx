import { getTranslations } from 'next-intl/server';
import { LIMIT_VALUES } from '@/lib/api/limit-values';
import { env } from '@/lib/core/env';
import { maxPasteBytes, presetLifetime } from '@/lib/core/instance-rules';
import { LIFETIMES } from '@/lib/core/lifetime';
import { callerRules, type LimitRule } from '@/lib/limits/policies';
import { MAX_TEXT_BYTES } from '@/lib/pastes/schema';
import { DocsSection } from './docs-section';
import { FactsTable } from './facts-table';
import { InlineCode } from './inline-code';

const COUNTED = ['change-pastes', 'read-api', 'login', 'register'] as const;
const SPANS = ['60', '600', '3600', '86400'] as const;

export async function LimitsSection() {
  const t = await getTranslations('docs');
  const { RATE_LIMIT_SCALE } = env();
  const caps = { anonymous: maxPasteBytes(false) / 1024, member: maxPasteBytes(true) / 1024 };
  const isFull = Math.min(caps.anonymous, caps.member) * 1024 === MAX_TEXT_BYTES;

  const rates = (rules: readonly LimitRule[]) =>
    rules
      .map(({ points, seconds }) => {
        const span = SPANS.find((one) => Number(one) === seconds);
        const scaled = Math.max(1, Math.round(points * RATE_LIMIT_SCALE));
        return span === undefined ? `${scaled}/${seconds} s` : t(`per.${span}`, { points: scaled });
      })
      .join(', ');

  const facts = [
    {
      key: 'lifetimes',
      name: t('limits.lifetimes'),
      says: t('limits.lifetimesSay', { names: LIFETIMES.map((name) => `\`${name}\``).join(', ') }),
    },
    {
      key: 'defaults',
      name: t('limits.defaults'),
      says: t('limits.defaultsSay', {
        anonymous: `\`${presetLifetime(false)}\``,
        member: `\`${presetLifetime(true)}\``,
      }),
    },
    {
      key: 'size',
      name: t('limits.size'),
      says: isFull ? t('limits.sizeSay', LIMIT_VALUES) : t('limits.sizeCaps', caps),
    },
    { key: 'files', name: t('limits.files'), says: t('limits.filesSay', LIMIT_VALUES) },
  ];
  const counted = COUNTED.map((name) => {
    const [guest, member] = [callerRules(name, { isMember: false }), callerRules(name, { isMember: true })];
    const says =
      member.by === 'user'
        ? t('limits.both', { anonymous: rates(guest.rules), member: rates(member.rules) })
        : t('limits.one', { anonymous: rates(guest.rules) });
    return { key: name, name: t(`limits.${name}`), says };
  });
  return (
    <DocsSection id="limits" title={t('sections.limits')}>
      <FactsTable rows={facts} />
      <p>
        <InlineCode text={t('limits.rates')} />
      </p>
      <FactsTable rows={counted} />
      <p>{t('limits.rawFree')}</p>
    </DocsSection>
  );
}
