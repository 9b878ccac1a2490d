import 'server-only';
import { getTranslations } from 'next-intl/server';
import { callerWithoutForm } from '@/components/actions/action-caller';
import { requireSession } from '@/components/request/current-user';
import { attachment } from '@/lib/api/attachment';
import { BOOK_FORMATS, type BookFormat, streamBook } from '@/lib/contacts/export';
import { toAppError } from '@/lib/core/app-error';
import { now } from '@/lib/core/clock';
import { enforceLimit } from '@/lib/limits/enforce';

const PRIVATE = { 'Cache-Control': 'private, no-store' };

/** The book of whoever is signed in, as a file to keep. */
export async function answerWithBook(format: BookFormat): Promise<Response> {
  try {
    const { user } = await requireSession('member');
    await enforceLimit('export', { ...(await callerWithoutForm()), userId: user.id });
    const name = `sheaf-people-${now().toISOString().slice(0, 10)}.${format}`;
    return new Response(await streamBook(user.id, format), {
      headers: {
        ...PRIVATE,
        'Content-Type': BOOK_FORMATS[format].type,
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
      headers: { ...PRIVATE, Location: '/login?next=/people/import' },
    });
  }
  const headers = new Headers({ ...PRIVATE, 'Content-Type': 'text/plain; charset=utf-8' });
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
  return new Response((await getTranslations('problems'))(`${code}.detail`), { status, headers });
}
