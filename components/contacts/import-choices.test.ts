import { describe, expect, it } from 'vitest';
import { previewHref, readChoices, readChosen } from './import-choices';

const ID = '019aa2c4-7b5e-7c3e-9d1f-0123456789ab';

describe('the choices of an import', () => {
  it('are in the query of the preview, and read from it again', () => {
    const form = new FormData();
    form.set('encoding', 'windows-1251');
    form.set('dates', 'day_first');
    form.set('c0', '');
    form.set('c2', 'email');
    form.set('c11', 'skip');
    const chosen = readChosen(form);
    expect(chosen.targets).toEqual(
      new Map([
        [2, 'email'],
        [11, 'skip'],
      ]),
    );
    const href = previewHref(ID, chosen);
    expect(href).toBe(`/contacts/import/${ID}?encoding=windows-1251&dates=day_first&c2=email&c11=skip`);
    expect(readChoices(Object.fromEntries(new URL(href, 'http://x').searchParams))).toEqual(chosen);
  });

  it('are ignored if they are unknown', () => {
    const chosen = readChoices({
      encoding: 'utf-7',
      dates: 'year_first',
      c1: 'constructor',
      c1000: 'email',
      c2: ['email', 'phone'],
      cx: 'email',
    });
    expect(previewHref(ID, chosen)).toBe(`/contacts/import/${ID}`);
  });
});
