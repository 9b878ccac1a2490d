import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
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
