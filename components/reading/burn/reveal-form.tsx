import { cookies } from 'next/headers';
import { addPageCookie } from '@/components/request/page-response';
import { buttonVariants } from '@/components/ui/button-variants';
import { isHttps } from '@/lib/core/http/cookie';
import { newNonce } from '@/lib/pastes/nonce';
import { READER_COOKIE, readReaderCookie } from '@/lib/pastes/reader-cookie';
import { revealAction } from './actions';

interface RevealFormProps {
  slug: string;
  label: string;
  /** Whether it is what the page is for. */
  isMain?: boolean;
  /** Of a reveal that is tried again. */
  nonce?: string;
}

/**
 * Posted by the browser itself, with or without JavaScript, so that a reload repeats the reveal with its nonce. For
 * that it names its action as React's own forms do, which a script would intercept.
 */
export async function RevealForm({ slug, label, isMain = true, nonce = newNonce() }: RevealFormProps) {
  const { $$id: actionId } = revealAction as unknown as { $$id: string };
  if (readReaderCookie((await cookies()).get(READER_COOKIE)?.value) === null) {
    const secure = isHttps() ? '; Secure' : '';
    addPageCookie(`${READER_COOKIE}=${newNonce()}; Path=/${slug}; HttpOnly; SameSite=Lax${secure}`);
  }
  return (
    <form action={`/${slug}`} method="post" encType="multipart/form-data">
      <input type="hidden" name={`$ACTION_ID_${actionId}`} />
      <input type="hidden" name="nonce" value={nonce} />
      <button type="submit" className={buttonVariants(isMain ? { variant: 'primary', size: 'lg' } : {})}>
        {label}
      </button>
    </form>
  );
}
