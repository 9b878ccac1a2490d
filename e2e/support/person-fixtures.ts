import { test as base } from '../fixtures';
import { AccessPage } from '../pages/access-page';
import { type Newcomer, newcomer } from './accounts';
import { newMember } from './member';
import { query } from './storage';

export const WRONG = 'Wrong email, username or password.';

interface Fixtures {
  /** A person without an account; an account they create is deleted after the test. */
  stranger: Newcomer;
  /** A user with a confirmed account. */
  member: Newcomer;
  access: AccessPage;
}

export const test = base.extend<Fixtures>({
  stranger: async ({ sheaf }, use) => {
    const person = newcomer();
    await use(person);
    await query(sheaf.databaseUrl, 'delete from users where username = $1', [person.username]);
  },

  member: async ({ sheaf }, use) => {
    const member = await newMember(sheaf, null);
    await use(member);
    await query(sheaf.databaseUrl, 'delete from users where id = $1::uuid', [member.id]);
  },

  access: async ({ page }, use) => use(new AccessPage(page)),
});
