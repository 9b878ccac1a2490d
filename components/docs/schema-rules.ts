import type { getTranslations } from 'next-intl/server';
import type { Schema } from './api-document';

type Translate = Awaited<ReturnType<typeof getTranslations<'docs'>>>;

/** The constraints of a value, in words. */
export function rulesOf(schema: Schema, t: Translate): string[] {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum } = schema;
  const choices = schema.enum ?? schema.items?.enum ?? (schema.const === undefined ? [] : [schema.const]);
  const rules = [
    choices.length > 0 && !choices.every((choice) => schema.description?.includes(String(choice)))
      ? `${t('api.rule.oneOf')} ${choices.map((choice) => `\`${String(choice)}\``).join(', ')}`
      : '',
    between({ min: minLength, max: maxLength }, (kind, values) =>
      t(`api.rule.${LENGTH_RULES[kind]}`, values),
    ),
    between({ min: minItems, max: maxItems }, (kind, values) => t(`api.rule.${ITEM_RULES[kind]}`, values)),
    between({ min: minimum, max: knownMaximum(maximum) }, (kind, values) =>
      t(`api.rule.${NUMBER_RULES[kind]}`, values),
    ),
    schema.default === undefined ? '' : t('api.rule.default', { value: `\`${String(schema.default)}\`` }),
  ];
  return rules.filter((rule) => rule !== '');
}

const LENGTH_RULES = { both: 'length', min: 'minLength', max: 'maxLength' } as const;
const ITEM_RULES = { both: 'items', min: 'minItems', max: 'maxItems' } as const;
const NUMBER_RULES = { both: 'range', min: 'minimum', max: 'maximum' } as const;

/** Bounds that every integer has are left out. */
function knownMaximum(maximum: number | undefined): number | undefined {
  return maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
}

function between(
  { min, max }: { min: number | undefined; max: number | undefined },
  say: (kind: 'both' | 'min' | 'max', values: { min: number; max: number }) => string,
): string {
  if (min !== undefined && max !== undefined) return say('both', { min, max });
  if (min !== undefined) return say('min', { min, max: min });
  return max === undefined ? '' : say('max', { min: max, max });
}
