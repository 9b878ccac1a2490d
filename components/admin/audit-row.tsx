import { getTranslations } from 'next-intl/server';
import { momentValues } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';
import type { AuditEntryDto } from '@/lib/audit/schema';
import { visibleText } from '@/lib/text/unicode/display-text';

/** One entry of the audit log: who did what to what, and when. */
export async function AuditRow({ entry, now }: { entry: AuditEntryDto; now: Date }) {
  const t = await getTranslations('audit');
  const at = new Date(entry.at);
  const { when, moment } = momentValues(at, now, await getPageText());
  const details = detailsOf(entry.details);
  return (
    <li className="border-b border-hair py-3 text-sm [overflow-wrap:anywhere]">
      <p>
        {t.rich('entry', {
          action: t(`actions.${entry.action}`),
          actor: () => (
            <span key="actor" className="font-medium">
              {actorOf(entry, { console: t('console'), former: t('formerUser') })}
            </span>
          ),
          target: () => <Target key="target" entry={entry} />,
        })}
      </p>
      <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted">
        <li>{moment(when)}</li>
        {details === '' ? null : (
          <li>
            <bdi>{details}</bdi>
          </li>
        )}
      </ul>
    </li>
  );
}

/** A change from one value to another, and what else is noted; the database keeps no order of the names. */
function detailsOf({ from, to, ...notes }: AuditEntryDto['details']): string {
  const shown = (text: string) => visibleText(text) || '–';
  const change = from === undefined || to === undefined ? [] : [`${shown(from)} → ${shown(to)}`];
  return [...change, ...Object.values(notes).map(shown)].join(' · ');
}

function actorOf({ actor, actor_id }: AuditEntryDto, words: { console: string; former: string }): string {
  if (actor_id === null) return words.console;
  return actor ?? words.former;
}

function Target({ entry: { target_kind, target, target_name } }: { entry: AuditEntryDto }) {
  if (target_kind === 'user' && target_name !== null) {
    return (
      <a
        href={`/admin?q=${encodeURIComponent(target_name)}`}
        className="tap relative z-1 text-link touch:-my-2.5"
      >
        {target_name}
      </a>
    );
  }
  return <span className="font-mono text-xs">{target}</span>;
}
