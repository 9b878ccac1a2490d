import 'server-only';
import { getTranslations } from 'next-intl/server';
import { currentCaller, requireMember } from '@/components/request/current-caller';
import { attachment } from '@/lib/api/attachment';
import { EXPORT_FORMATS, type ExportFormat, streamExport } from '@/lib/contacts/export';
import { toAppError } from '@/lib/core/app-error';
import { now } from '@/lib/core/clock';
import { enforceLimit } from '@/lib/limits/enforce';

const PRIVATE = { 'Cache-Control': 'private, no-store' };

/** All contacts of the signed-in user as a file download. */
export async function respondWithExport(format: ExportFormat): Promise<Response> {
  try {
    const { user, address } = requireMember(await currentCaller(), 'member');
    await enforceLimit('export', { user, address });
    const { extension, type } = EXPORT_FORMATS[format];
    const name = `sheaf-contacts-${now().toISOString().slice(0, 10)}.${extension}`;
    return new Response(await streamExport(user.id, format), {
      headers: {
        ...PRIVATE,
        'Content-Type': type,
        'Content-Disposition': attachment(name),
      },
    });
  } catch (error) {
    return answerProblem(error);
  }
}

async function answerProblem(error: unknown): Promise<Response> {
  const { code, status, retryAfter } = toAppError(error);
  if (code === 'unauthorized') {
    return new Response(null, {
      status: 303,
      headers: { ...PRIVATE, Location: '/login?next=/contacts/import' },
    });
  }
  const headers = new Headers({ ...PRIVATE, 'Content-Type': 'text/plain; charset=utf-8' });
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
  return new Response((await getTranslations('problems'))(`${code}.detail`), { status, headers });
}
