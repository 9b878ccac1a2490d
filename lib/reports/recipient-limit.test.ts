import { expect, it } from 'vitest';
import { ANONYMOUS, signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import { prisma } from '../core/prisma';
import { LIMIT_POLICIES } from '../limits/policies';
import { createPaste } from '../pastes/create';
import { decideCase } from './decide';
import { reportPaste } from './report';
import { createReportSchema, decideCaseSchema } from './schema';

useTestDatabase();
holdMail();

const [{ points: PER_DAY }] = LIMIT_POLICIES['report-mails'].subject;

it('one address is sent a few decisions a day, also if they are requested from several addresses', async () => {
  const moderator = signedIn(await addUser({ role: 'moderator' }));
  const email = 'flooded@example.com';
  for (let n = 0; n <= PER_DAY; n += 1) {
    const { paste } = await createPaste({ files: [{ content: 'x' }] }, signedIn(await addUser()));
    const caller = { ...ANONYMOUS, address: `198.51.100.${n}` };
    await reportPaste(paste.slug, createReportSchema.parse({ reason: 'spam', email }), {
      caller,
      locale: 'en',
    });
    const { id } = await prisma().reportCase.findUniqueOrThrow({ where: { pasteId: paste.id } });
    await decideCase(id, decideCaseSchema.parse({ decision: 'dismiss', revision: 1 }), moderator);
  }
  expect(await mailsTo(email)).toHaveLength(PER_DAY);
});
