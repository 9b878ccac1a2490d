import { prepareDatabase, runCommand, StartError } from './environment';

const USAGE = [
  'Use one of:',
  '  npm run admin -- list                  lists all accounts, newest first',
  '  npm run admin -- grant USERNAME ROLE   sets a role: user, moderator or admin',
  '  npm run admin -- invite EMAIL          prints a link that creates an account',
].join('\n');

async function run([command, ...rest]: readonly string[]): Promise<void> {
  if (command === 'list' && rest.length === 0) return withDatabase(list);
  const [username, role] = rest;
  if (command === 'grant' && username !== undefined && role !== undefined && rest.length === 2) {
    return withDatabase(() => grant(username, role));
  }
  if (command === 'invite' && username !== undefined && rest.length === 1) {
    return withDatabase(() => invite(username));
  }
  throw new StartError(USAGE);
}

async function invite(address: string): Promise<void> {
  const { emailSchema } = await import('../lib/core/email-schema');
  const { INVITATION_DAYS, newInvitation } = await import('../lib/accounts/invitations');
  const email = emailSchema.safeParse(address);
  if (!email.success) throw new StartError(`“${address}” is not an email address.`);
  const { recordInvitation } = await import('../lib/admin/invite');
  const { prisma } = await import('../lib/core/prisma');
  await recordInvitation(prisma(), 'console', email.data);
  console.log(`This link creates an account for ${email.data} within ${INVITATION_DAYS} days:`);
  console.log((await newInvitation(email.data)).link);
}

async function grant(username: string, role: string): Promise<void> {
  const { ROLES } = await import('../lib/accounts/users/schema');
  const { findUserByUsername } = await import('../lib/accounts/users/queries');
  const { updateUser } = await import('../lib/admin/service');
  const { AppError } = await import('../lib/core/errors');
  const wanted = ROLES.find((one) => one === role);
  if (wanted === undefined) {
    throw new StartError(`There is no role “${role}”. The roles are ${ROLES.join(', ')}.`);
  }
  const user = await findUserByUsername(username);
  if (!user) throw new StartError(`There is no user “${username}”. See: npm run admin -- list`);
  if (wanted !== 'user' && user.emailVerified === null) {
    throw new StartError(`${user.username} has not confirmed the address yet. Grant the role after that.`);
  }
  await updateUser(user.id, { role: wanted }, 'console').catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'last_admin') throw error;
    throw new StartError(`${user.username} is the last admin. Make another user an admin first.`);
  });
  console.log(`${user.username} was ${user.role} and is ${wanted} now.`);
}

async function list(): Promise<void> {
  const { listUsers } = await import('../lib/admin/queries');
  const { everyItem } = await import('../lib/core/pagination');
  const at = new Date();
  let count = 0;
  for await (const user of everyItem((page) => listUsers(page, at))) {
    const states = [user.banned_at === null ? '' : 'banned', user.email_verified ? '' : 'not confirmed'];
    const state = states.filter(Boolean).join(', ');
    console.log(`${user.username.padEnd(33)}${user.role.padEnd(11)}${user.email}  ${state}`.trimEnd());
    count += 1;
  }
  if (count === 0) console.log('There are no accounts yet.');
}

async function withDatabase(work: () => Promise<void>): Promise<void> {
  const release = await prepareDatabase();
  const { disconnect } = await import('../lib/core/db');
  try {
    await work();
  } finally {
    await disconnect();
    await release();
  }
}

await runCommand(() =>
  run(process.argv.slice(2)).catch(async (error: unknown) => {
    const { isDatabaseOutage } = await import('../lib/core/app-error');
    if (!isDatabaseOutage(error)) throw error;
    throw new StartError('The database does not answer. Check DATABASE_URL.', { cause: error });
  }),
);
