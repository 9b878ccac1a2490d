import 'server-only';
import { unseal } from '../core/sealed';
import type { Prisma, ReportCase } from '../generated/prisma/client';
import { queueMails } from '../mail/outbox';
import type { DecideCase } from './schema';

interface DecisionMail {
  /** As it was before the decision. */
  found: ReportCase;
  input: DecideCase;
}

/** Queues what the owner and the reporters are told of a decision, in its transaction. */
export async function mailDecision(
  tx: Prisma.TransactionClient,
  { found, input }: DecisionMail,
): Promise<void> {
  const decision = { found, input };
  await queueMails(tx, [...(await ownerMails(tx, decision)), ...(await reporterMails(tx, decision))]);
}

type Mails = Parameters<typeof queueMails>[1];

async function ownerMails(tx: Prisma.TransactionClient, { found, input }: DecisionMail): Promise<Mails> {
  const { ownerId, slug, id, appealedAt } = found;
  const outcome = ownerOutcome(input.decision, appealedAt !== null);
  if (ownerId === null || outcome === null) return [];
  const owner = await tx.user.findUnique({
    where: { id: ownerId },
    select: { email: true, username: true, locale: true, bannedAt: true },
  });
  if (!owner) return [];
  const { email, username, locale, bannedAt } = owner;
  // A banned owner cannot sign in to appeal.
  const appeal = (outcome === 'hidden' || outcome === 'deleted') && bannedAt === null ? id : null;
  const reason = input.reason ?? '';
  return [
    {
      userId: ownerId,
      to: email,
      locale,
      content: { template: 'paste_decided', username, outcome, slug, reason, appeal },
    },
  ];
}

function ownerOutcome(decision: DecideCase['decision'], isAppeal: boolean) {
  if (decision === 'dismiss') return isAppeal ? ('upheld' as const) : null;
  const outcomes = { hide: 'hidden', delete: 'deleted', restore: 'restored' } as const;
  return outcomes[decision];
}

function reporterMails(tx: Prisma.TransactionClient, { found, input }: DecisionMail): Promise<Mails> {
  if (input.decision === 'restore') return Promise.resolve([]);
  return mailsToReporters(tx, found, input.decision === 'dismiss' ? 'dismissed' : 'removed');
}

/** One for each address that asked to be told what became of the reports. */
export async function mailsToReporters(
  tx: Prisma.TransactionClient,
  { id, slug }: Pick<ReportCase, 'id' | 'slug'>,
  outcome: 'removed' | 'dismissed' | 'gone',
): Promise<Mails> {
  const reports = await tx.report.findMany({
    where: { caseId: id, sealedEmail: { not: null } },
    select: { sealedEmail: true, locale: true },
  });
  const locales = new Map<string, string>();
  for (const { sealedEmail, locale } of reports) {
    const email = await unseal('reports', sealedEmail ?? '');
    if (email !== null) locales.set(email, locale);
  }
  return [...locales].map(([to, locale]) => ({
    userId: null,
    to,
    locale,
    content: { template: 'report_decided', username: to, outcome, slug },
  }));
}
