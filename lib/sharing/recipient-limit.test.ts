import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import { signedIn } from '../../test/callers';
import { LIMIT_POLICIES } from '../limits/policies';
import { createPaste } from '../pastes/create';
import { findInvitation } from './codes';
import { createShareSchema } from './schema';
import { sharePaste } from './service';

useTestDatabase();
holdMail();

const [{ points: PER_HOUR }] = LIMIT_POLICIES['share-recipient-all'].subject;

/** A new author shares a new paste with this address. */
async function shareFromNewAuthor(email: string) {
  const author = await addUser();
  const caller = signedIn(author);
  const { paste } = await createPaste({ files: [{ content: 'x' }] }, caller);
  const again = () => sharePaste(paste.slug, [createShareSchema.parse({ email })], { caller });
  const [share] = await again();
  return { slug: paste.slug, share, again };
}

it('limits emails an hour to one address over all authors, without telling an author', async () => {
  const email = 'wanted@example.com';
  const shares = [];
  for (let n = 0; n < PER_HOUR + 2; n += 1) shares.push(await shareFromNewAuthor(email));
  const mails = await mailsTo(email);
  expect(mails).toHaveLength(PER_HOUR);
  // The last ones are shared and look like the first ones, but for ids and times.
  const [first, last] = [shares[0]?.share, shares.at(-1)?.share];
  expect(last).toMatchObject({ email, role: 'reader', mailedAt: expect.any(Date) });
  expect(Object.keys(last ?? {})).toEqual(Object.keys(first ?? {}));
  // An emailed link keeps opening the paste.
  const slug = shares[0]?.slug ?? '';
  await shares[0]?.again();
  const link = mails.find((mail) => 'slug' in mail && mail.slug === slug);
  expect(await findInvitation(slug, link && 'link' in link ? link.link : '')).not.toBeNull();
  await shareFromNewAuthor('another@example.com');
  expect(await mailsTo('another@example.com')).toHaveLength(1);
}, 120_000);
