import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BetweenStatements } from '@/test/between-statements';
import { useTestDatabase } from '@/test/test-env';
import { APPLICANT, addUser, holdMail, PASSWORD, tokenMailedTo } from '@/test/test-people';
import { type PreparedRequest, prepareRequest, prepareRequests } from '../../test/access-requests';
import { CALLERS, ROWS, type Row } from '../../test/route-access';
import { registerUser } from '../accounts/register';
import { prisma } from '../core/prisma';
import { api } from './app';
import { describeApi } from './openapi-document';

const between = new BetweenStatements();

useTestDatabase({ RATE_LIMIT_SCALE: '100000', CONTACT_EMAIL: 'abuse@example.org' });

holdMail();

beforeAll(prepareRequests);
afterAll(() => between.close());

/** More than any request sends. */
const MAX_STATEMENTS = 60;

/** As an account is deleted. */
function deletionOf(id: string): string[] {
  return [
    `select 1 from users where id = '${id}' for update`,
    `update pastes set deleted_at = now() where owner_id = '${id}'`,
    `delete from users where id = '${id}'`,
  ];
}

type Request = Pick<PreparedRequest, 'send'> & { statements: string[] };

/** The distinct responses to a request before whose statements, one after the other, something is deleted. */
async function responsesTo(prepare: () => Promise<Request>): Promise<{ status: number; body: string }[]> {
  const seen = new Map<number, string>();
  for (let after = 0; after < MAX_STATEMENTS; after += 1) {
    const { send, statements } = await prepare();
    const hasRun = await between.during(
      async () => {
        const response = await send();
        seen.set(response.status, await response.text());
      },
      { after, statements },
    );
    if (!hasRun) return [...seen].map(([status, body]) => ({ status, body }));
  }
  throw new Error('The request sends more statements than expected.');
}

let paths: NonNullable<ReturnType<typeof describeApi>['paths']> = {};
beforeAll(() => {
  paths = describeApi(api).paths ?? {};
});

/** The documented statuses; null for a route that is not part of the documented API. */
function documentedStatuses({ route }: Row): number[] | null {
  const [method = '', pattern = ''] = route.split(' ');
  const described = paths[pattern.replace(/:(\w+)/g, '{$1}')];
  const operation = Object.entries(described ?? {}).find(([name]) => name === method.toLowerCase())?.[1];
  return operation ? Object.keys(operation.responses ?? {}).map(Number) : null;
}

/** What is neither documented nor, of other routes, a result or an error of the client. */
function unexpected(row: Row, responses: { status: number; body: string }[]) {
  const documented = documentedStatuses(row);
  return responses.filter(({ status }) => (documented ? !documented.includes(status) : status >= 500));
}

function rowsOf(matches: (row: Row) => boolean): [string, Row][] {
  return ROWS.filter(matches).map((row) => [`${row.route} ${row.which}`, row]);
}

/** What changes something if nothing is deleted. */
const changes = (caller: string, { route, statuses }: Row) =>
  !route.startsWith('GET ') && (statuses[CALLERS.indexOf(caller)] ?? 0) < 300;
/** About the account that the body names. */
const isAboutAnother = ({ route }: Row) =>
  /\/auth\/(?:register|verify|resend|login|refresh|forgot|reset)/.test(route);

/** What succeeds, or asks to sign in, and answers nothing else. */
const SUCCESS: Readonly<Record<string, number>> = {
  'POST /api/v1/pastes unlisted': 201,
  'POST /api/v1/uploads ': 201,
  'POST /api/composer ': 201,
  'POST /api/terminal ': 201,
  'POST /documents ': 200,
  'POST /api/v1/contacts ': 201,
  'PATCH /api/v1/users/me ': 200,
  'PUT /api/v1/users/me/avatar ': 200,
  'DELETE /api/v1/users/me/avatar ': 200,
  'DELETE /api/v1/users/me ': 204,
};

describe('the account of the request is deleted while it runs', () => {
  it('has a row for each of those whose responses are known', () => {
    const names = rowsOf((row) => changes('user', row) && !isAboutAnother(row)).map(([name]) => name);
    expect(Object.keys(SUCCESS).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(rowsOf((row) => changes('user', row) && !isAboutAnother(row)))('%s', async (name, row) => {
    const responses = await responsesTo(async () => {
      const { me, send } = await prepareRequest('user', row);
      return { send, statements: deletionOf(me.id) };
    });
    expect(unexpected(row, responses)).toEqual([]);
    const success = SUCCESS[name];
    if (success !== undefined) expect(responses.map(({ status }) => status).sort()).toEqual([success, 401]);
  });
});

describe('the account that a request is about is deleted while it runs', () => {
  it.each(rowsOf((row) => changes('admin', row) && /\/admin\/|\/hide|\/reports|\/reveal/.test(row.route)))(
    '%s',
    async (_name, row) => {
      const responses = await responsesTo(async () => {
        const { other, send } = await prepareRequest('admin', row);
        return { send, statements: deletionOf(other.id) };
      });
      // Not 401: the admin is still signed in.
      expect(responses.filter(({ status }) => status === 401)).toEqual([]);
      expect(unexpected(row, responses)).toEqual([]);
    },
  );

  const AUTH = '/api/v1/auth/';
  const rowOf = (path: string) => ROWS.find(({ route }) => route === `POST ${AUTH}${path}`) as Row;

  it.each(['login', 'refresh', 'reset-password'])('%s', async (path) => {
    const responses = await responsesTo(async () => {
      const { other, send } = await prepareRequest('anonymous', rowOf(path));
      return { send, statements: deletionOf(other.id) };
    });
    expect(unexpected(rowOf(path), responses)).toEqual([]);
  });

  const post = (path: string, json: object) => () =>
    api.request(AUTH + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });

  /** Deletes the account of the address that the request is about. */
  async function about(email: string, send: () => Response | Promise<Response>): Promise<Request> {
    const { id } = await prisma().user.findUniqueOrThrow({ where: { email } });
    return { send, statements: deletionOf(id) };
  }

  let number = 0;
  const newcomer = () => {
    number += 1;
    return { email: `deleted-${number}@example.com`, username: `deleted-${number}`, password: PASSWORD };
  };

  it('verify-email', async () => {
    const responses = await responsesTo(async () => {
      const { email, ...applicant } = newcomer();
      await registerUser({ email, ...applicant }, APPLICANT);
      return about(email, post('verify-email', { token: await tokenMailedTo(email), password: PASSWORD }));
    });
    expect(unexpected(rowOf('verify-email'), responses)).toEqual([]);
  });

  it('resend-verification', async () => {
    const responses = await responsesTo(async () => {
      const applicant = newcomer();
      await registerUser(applicant, APPLICANT);
      return about(applicant.email, post('resend-verification', { email: applicant.email }));
    });
    expect(responses.map(({ status }) => status)).toEqual([202]);
  });

  it('forgot-password does not tell', async () => {
    const responses = await responsesTo(async () => {
      const { email } = await addUser();
      return about(email, post('forgot-password', { email }));
    });
    expect(responses.map(({ status }) => status)).toEqual([202]);
  });

  it('register, with an address that has an account, confirmed or not', async () => {
    for (const isConfirmed of [true, false]) {
      const responses = await responsesTo(async () => {
        const applicant = newcomer();
        if (isConfirmed) await addUser({ email: applicant.email });
        else await registerUser({ ...applicant, password: 'another long walk' }, APPLICANT);
        const username = `${applicant.username}-again`;
        return about(applicant.email, post('register', { ...applicant, username }));
      });
      expect(responses.map(({ status }) => status).sort()).toEqual([201, 409]);
    }
  });
});

describe('the paste is deleted for good while its history is read', () => {
  it.each(rowsOf(({ route, which }) => route.includes('/revisions') && which === 'own private'))(
    '%s',
    async (_name, row) => {
      const responses = await responsesTo(async () => {
        const { params, send } = await prepareRequest('user', row);
        return { send, statements: [`delete from pastes where slug = '${params.slug}'`] };
      });
      expect(unexpected(row, responses)).toEqual([]);
    },
  );
});
