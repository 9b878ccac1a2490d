import { AppError } from './errors';

/**
 * Requires that the named fields, if they were sent, have their current values, so that a client can send back
 * the object that it got.
 * @throws AppError validation_failed
 */
export function requireUnchanged<Name extends string>(
  names: readonly Name[],
  { sent, current }: { sent: { [N in Name]?: unknown }; current: { [N in Name]?: unknown } },
): void {
  const changed = names.filter((name) => sent[name] !== undefined && sent[name] !== current[name]);
  if (changed.length === 0) return;
  throw new AppError('validation_failed', {
    fields: changed.map((path) => ({ path, message: 'field_read_only' })),
  });
}
