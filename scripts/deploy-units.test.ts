import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { findEnvFaults, parseEnv } from '../lib/core/env';
import { findBootFaults } from './boot-rules';
import { ROOT } from './root';

const SHARED = ['User', 'WorkingDirectory', 'EnvironmentFile', 'Environment'];

/** The values of the settings that say which instance a unit uses. */
async function readShared(unit: string): Promise<Record<string, string | undefined>> {
  const lines = (await readFile(`${ROOT}deploy/${unit}`, 'utf8')).split('\n');
  const readSetting = (name: string) =>
    lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
  return Object.fromEntries(SHARED.map((name) => [name, readSetting(name)]));
}

it('every unit and command in deploy/ uses the same instance', async () => {
  const service = await readShared('sheaf.service');
  expect(Object.values(service)).not.toContain(undefined);
  expect(await readShared('sheaf-backup.service')).toEqual(service);

  const command = await readFile(`${ROOT}deploy/sheafctl`, 'utf8');
  expect(command).toContain(`--uid=${service.User} `);
  expect(command).toContain(`-p WorkingDirectory=${service.WorkingDirectory} `);
  expect(command).toContain(`-p EnvironmentFile=${service.EnvironmentFile} `);
  const variables = [...command.matchAll(/ -E (\S+)/g)].map(([, variable]) => variable);
  expect(variables.join(' ')).toBe(service.Environment);
});

it('the example of /etc/sheaf.env can be started, as systemd reads it', async () => {
  const page = await readFile(`${ROOT}docs/deploy.md`, 'utf8');
  const [, example = ''] = /```sh\n(APP_URL=[^`]*)```/.exec(page) ?? [];
  // A comment is a line: what follows a value is a part of it.
  const lines = example.split('\n').filter((line) => line.includes('=') && !/^[#;]/.test(line));
  const set = Object.fromEntries(
    lines.map((line) => [line.split('=')[0], line.replace(/^[^=]*=/, '').trim()]),
  );
  const secret = 'one of openssl rand -base64 32, of this length';
  const variables = {
    ...set,
    AUTH_SECRET: set.AUTH_SECRET || secret,
    CRON_SECRET: set.CRON_SECRET || secret,
  };
  const env = { ...variables, DATABASE_URL: 'postgresql://127.0.0.1' };
  expect(findEnvFaults(env)).toEqual([]);
  const { HOST: host, APP_URL: appUrl } = parseEnv(env);
  expect(findBootFaults({ host, appUrl, variables })).toEqual([]);
});
