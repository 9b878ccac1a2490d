import 'server-only';
import { isTraced, traced } from './tracing';

const SEARCHED_CHARACTERS = 2_000;
const VERB = /^\s*([a-z]+)/i;
const TABLE = /\b(?:from|into|update)\s+(?:"?public"?\.)?"?([a-z_]+)/i;

/** Sends a statement as a span of the one in progress. The span has the statement's name, and no value. */
export function tracedStatement<T>(query: unknown, send: () => Promise<T>): Promise<T> {
  if (!isTraced()) return send();
  const name = statementName(query);
  const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': name };
  return traced(name, send, { kind: 'CLIENT', attributes });
}

/** The name of a prepared statement; of others, what they begin with and the first table: `SELECT users`. */
export function statementName(query: unknown): string {
  if (typeof query === 'object' && query !== null) {
    if ('name' in query && typeof query.name === 'string' && query.name !== '') return query.name;
    if ('text' in query) return statementName(query.text);
  }
  const text = String(query).slice(0, SEARCHED_CHARACTERS);
  const verb = VERB.exec(text)?.[1]?.toUpperCase() ?? 'statement';
  const table = TABLE.exec(text)?.[1];
  return table === undefined ? verb : `${verb} ${table}`;
}
