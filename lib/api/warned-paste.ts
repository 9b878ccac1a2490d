import { toPasteDto } from '../pastes/dto';
import type { PasteDto } from '../pastes/dto-schema';
import type { StoredPaste } from '../pastes/input-rules';
import type { PasteWarning } from '../pastes/warnings';
import { translate } from './problem-document';

/** A paste as the response to the request that stored it, with the warnings about it. */
export function toWarnedDto({ paste, warnings, details }: StoredPaste): PasteDto {
  const dto = toPasteDto(paste, warnings);
  return details.length === 0 ? dto : { ...dto, warning_details: details.map(toDetail) };
}

function toDetail({ code, path, line, kind, named = [] }: PasteWarning) {
  return {
    code,
    path,
    line,
    ...(kind && { kind }),
    message: messageOf({ code, kind, named: named.join(', ') }),
  };
}

function messageOf({ code, kind, named }: Pick<PasteWarning, 'code' | 'kind'> & { named: string }): string {
  if (kind) return translate('credentials.message', { kind: translate(`credentials.kinds.${kind}`) });
  if (code === 'language_unknown') return translate('errors.language_unknown');
  return translate(`textWarnings.${code}`, { named });
}
