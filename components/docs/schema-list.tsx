import { getTranslations } from 'next-intl/server';
import type { Schema } from './api-document';
import { InlineCode } from './inline-code';
import { rulesOf } from './schema-rules';

export interface ListedValue {
  name: string;
  type: string;
  isRequired: boolean;
  /** The location of the value, if it is not obvious. */
  place?: string;
  schema: Schema;
}

/** Values of a request with their constraints. */
export async function SchemaList({ values }: { values: readonly ListedValue[] }) {
  const t = await getTranslations('docs');
  return (
    <ul className="border-t border-hair text-xs">
      {values.map(({ name, type, isRequired, place, schema }) => {
        const rules = rulesOf(schema, t);
        return (
          <li key={`${place} ${name}`} className="border-b border-hair py-2">
            <p className="flex flex-wrap items-baseline gap-x-2.5">
              <code className="font-mono text-xs font-semibold wrap-anywhere">{name}</code>
              <span className="text-muted">{[type, place].filter(Boolean).join(', ')}</span>
              {isRequired ? <span className="text-accent">{t('api.required')}</span> : null}
            </p>
            {schema.description === undefined ? null : (
              <p className="text-muted" lang="en">
                <InlineCode text={schema.description} />
              </p>
            )}
            {rules.length === 0 ? null : (
              <p className="text-muted first-letter:uppercase">
                <InlineCode text={rules.join('; ')} />
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
