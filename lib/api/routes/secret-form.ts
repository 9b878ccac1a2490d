import { z } from 'zod';
import { AppError } from '../../core/errors';
import { decodeText, parseQuery, validate } from '../body';
import type { ApiContext } from '../context';
import type { FormPart } from '../form-part';
import { burnAfterOption } from './terminal';

/** Parts of a form that no form of plain files has. */
const SECRET_PARTS: ReadonlySet<string> = new Set(['encryption', 'payload', 'lock', 'proof_hash']);
const BINARY_PARTS: ReadonlySet<string> = new Set(['payload', 'lock']);

export function isSecretForm(parts: readonly FormPart[]): boolean {
  return parts.some(({ name }) => SECRET_PARTS.has(name));
}

/** The form of a secret paste, whose settings are parts too. @throws AppError validation_failed */
export function parseSecretForm<S extends z.ZodType>(
  c: ApiContext,
  parts: readonly FormPart[],
  schema: S,
): z.output<S> {
  parseQuery(c, z.strictObject({}));
  const names = parts.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  if (repeated.size > 0) {
    throw new AppError('validation_failed', {
      fields: [...repeated].map((path) => ({ path, message: 'parameter_repeated' })),
    });
  }
  return validate(schema, Object.fromEntries(parts.map((part) => [part.name, fieldOf(part)])));
}

function fieldOf({ name, content }: FormPart): unknown {
  if (BINARY_PARTS.has(name)) return content;
  const text = decodeText(content, name);
  return name === 'burn_after' ? burnAfterOption.parse(text) : text;
}
