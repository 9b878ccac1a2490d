import { describe, expect, it } from 'vitest';
import { chooseSettings, type Sources } from './settings';

const NONE: Sources = { option: undefined, env: {}, config: {}, servedBy: '' };
const [OPTION, ENV, CONFIG, SERVED] = ['option', 'env', 'config', 'served'].map(
  (name) => `https://${name}.example`,
);

it('prefers the option, then the environment, the configuration file and where it came from', () => {
  const all = { option: OPTION, env: { SHEAF_HOST: ENV }, config: { host: CONFIG }, servedBy: SERVED ?? '' };
  expect(chooseSettings(all).host).toBe(OPTION);
  expect(chooseSettings({ ...all, option: undefined }).host).toBe(ENV);
  expect(chooseSettings({ ...all, option: undefined, env: { SHEAF_HOST: '' } }).host).toBe(CONFIG);
  expect(chooseSettings({ ...NONE, servedBy: SERVED ?? '' }).host).toBe(SERVED);
  expect(chooseSettings(NONE).host).toBeUndefined();
});

describe('the token', () => {
  const sentTo = (sources: Partial<Sources>) => {
    const { tokenFor } = chooseSettings({ ...NONE, ...sources });
    return [OPTION, ENV, CONFIG, SERVED].filter((host) => tokenFor(host ?? '') !== undefined);
  };

  it('of the file goes to the host of the file alone', () => {
    const config = { host: CONFIG, token: 't' };
    expect(sentTo({ config })).toEqual([CONFIG]);
    expect(sentTo({ config, option: OPTION, env: { SHEAF_HOST: ENV }, servedBy: SERVED ?? '' })).toEqual([
      CONFIG,
    ]);
    expect(sentTo({ config: { token: 't' }, option: OPTION, servedBy: SERVED ?? '' })).toEqual([SERVED]);
    expect(sentTo({ config: { token: 't' }, option: OPTION })).toEqual([]);
  });

  it('of the environment goes to the host of the environment, or else the usual one', () => {
    const env = { SHEAF_TOKEN: 't' };
    expect(sentTo({ env: { ...env, SHEAF_HOST: ENV }, option: OPTION, config: { host: CONFIG } })).toEqual([
      ENV,
    ]);
    expect(sentTo({ env, option: OPTION, config: { host: CONFIG } })).toEqual([CONFIG]);
    expect(sentTo({ env, option: OPTION, servedBy: SERVED ?? '' })).toEqual([SERVED]);
    expect(sentTo({ env, option: OPTION })).toEqual([OPTION]);
  });

  it('must be one that a header can have', () => {
    expect(() => chooseSettings({ ...NONE, env: { SHEAF_TOKEN: 'a\nb' } })).toThrow(/token/);
  });
});
