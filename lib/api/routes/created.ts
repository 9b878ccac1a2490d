import type { CreatedPaste } from '../../pastes/create';
import { etagOf } from '../../pastes/dto';
import { toWarnedDto } from '../warned-paste';

/** What a create is answered with. */
export interface CreatedAnswer {
  status: 201;
  headers: Record<string, string>;
  body: string;
}

/** JSON with the paste, or the link as text. */
export function createdAnswer(stored: CreatedPaste, isJson: boolean): CreatedAnswer {
  const { paste, warnings, editKey, replayed } = stored;
  const dto = toWarnedDto(stored);
  const headers = {
    Location: dto.url,
    ETag: etagOf(paste),
    ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
  };
  if (isJson) {
    const body = JSON.stringify(editKey === null ? dto : { ...dto, edit_key: editKey });
    return { status: 201, headers: { ...headers, 'Content-Type': 'application/json' }, body };
  }
  return {
    status: 201,
    headers: {
      ...headers,
      ...(editKey === null ? {} : { 'X-Edit-Key': editKey }),
      ...(warnings.length === 0 ? {} : { 'X-Warnings': warnings.join(', ') }),
      'Content-Type': 'text/plain; charset=UTF-8',
    },
    body: `${dto.url}\n`,
  };
}
