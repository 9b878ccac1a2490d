import { getTranslations } from 'next-intl/server';
import type { Operation } from './api-document';
import { codesOf } from './api-operations';
import { InlineCode } from './inline-code';

/** The statuses of an operation, with its error codes. */
export async function OperationStatuses({ operation }: { operation: Operation }) {
  const t = await getTranslations('docs');
  return (
    <table className="w-full border-collapse text-xs">
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('api.status')}</th>
          <th scope="col">{t('api.meaning')}</th>
        </tr>
      </thead>
      <tbody className="border-t border-hair">
        {listAnswers(operation).map(([status, answer]) => (
          <tr key={status} className="border-b border-hair align-top">
            <th
              scope="row"
              className={`w-[52px] py-1.5 text-start font-mono text-xs font-semibold ${status < '400' ? 'text-accent' : 'text-muted'}`}
            >
              {status}
            </th>
            <td className="py-1.5 wrap-anywhere text-muted" lang="en">
              <InlineCode text={answer.description} />{' '}
              {codesOf(answer).map((code) => (
                <code
                  key={code}
                  className="mr-1 inline-block rounded-sm bg-wash px-1 font-mono text-2xs text-ink"
                >
                  {code}
                </code>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Without `default`, which the introduction describes for every operation. */
function listAnswers({ responses }: Operation): [status: string, answer: Operation['responses'][string]][] {
  return Object.entries(responses).filter(([status]) => status !== 'default');
}
