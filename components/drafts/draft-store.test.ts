import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type DraftSlot, GUEST, openDraft } from './draft-store';

const HOUR = 3_600_000;

/** As much of the browser's storage as is used; more characters than `room` are refused. */
function fakeStorage(room: number) {
  const values: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => values[key] ?? null,
    removeItem: (key: string) => {
      delete values[key];
    },
    setItem: (key: string, value: string) => {
      const others = Object.entries(values).filter(([other]) => other !== key);
      if (others.reduce((sum, [, { length }]) => sum + length, value.length) > room) throw new Error('full');
      values[key] = value;
    },
  };
  return new Proxy(values, {
    get: (_, name) => Reflect.get(methods, name) ?? values[String(name)],
  });
}

/** A page of a tab of its own, without the lock that an open page holds. */
function openPage(scope = 'new', owner = GUEST): DraftSlot<string> {
  vi.stubGlobal('sessionStorage', fakeStorage(1_000));
  return openDraft<string>({ owner, scope });
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', fakeStorage(2_500_000));
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

function save(slot: DraftSlot<string>, draft: string) {
  vi.advanceTimersByTime(HOUR);
  return slot.save({ base: '1', draft }, draft.length);
}

describe('a draft', () => {
  it('is found by the next page, which moves it', async () => {
    save(openPage(), 'typed');
    const next = openPage();
    const found = await next.find();
    expect(found).toMatchObject({ base: '1', draft: 'typed' });
    if (found) next.take(found);
    save(next, 'typed on');
    expect(Object.keys(localStorage).length).toBe(1);
    expect(await openPage().find()).toMatchObject({ draft: 'typed on' });
  });

  it('is found by its owner only, and in its place only', async () => {
    save(openPage('contact.1', 'ada'), 'typed');
    expect(await openPage('contact.1', 'bob').find()).toBeNull();
    expect(await openPage('contact.1').find()).toBeNull();
    expect(await openPage('contact.2', 'ada').find()).toBeNull();
    expect(await openPage('contact.1', 'ada').find()).not.toBeNull();
  });

  it('of a guest is found after signing in', async () => {
    save(openPage(), 'typed');
    expect(await openPage('new', 'ada').find()).toMatchObject({ draft: 'typed' });
  });

  it('is let go after a week', async () => {
    save(openPage(), 'typed');
    vi.advanceTimersByTime(7 * 24 * HOUR + 1);
    expect(await openPage().find()).toBeNull();
    expect(Object.keys(localStorage)).toEqual([]);
  });

  it('that is spoiled is not found', async () => {
    localStorage.setItem('sheaf:draft:1:guest/new/x', `${Date.now()}\n{"base":`);
    expect(await openPage().find()).toBeNull();
  });
});

describe('the store', () => {
  it('drops the oldest drafts beyond a count', async () => {
    for (let n = 1; n <= 20; n += 1) save(openPage(`paste.${n}`), String(n));
    expect(Object.keys(localStorage).length).toBe(16);
    expect(await openPage('paste.4').find()).toBeNull();
    expect(await openPage('paste.5').find()).toMatchObject({ draft: '5' });
  });

  it('drops the oldest drafts beyond a size', async () => {
    for (let n = 1; n <= 3; n += 1) expect(save(openPage(`paste.${n}`), 'x'.repeat(900_000))).toBe('kept');
    expect(await openPage('paste.1').find()).toBeNull();
    expect(await openPage('paste.2').find()).not.toBeNull();
  });

  it('refuses one that is too large, and drops none for it', async () => {
    save(openPage(), 'small');
    expect(save(openPage('paste.1'), 'x'.repeat(1_000_001))).toBe('tooLarge');
    expect(await openPage().find()).not.toBeNull();
  });

  it('says that nothing is kept where it is full or blocked', async () => {
    vi.stubGlobal('localStorage', fakeStorage(10));
    expect(save(openPage(), 'typed')).toBe('notKept');
    vi.stubGlobal('localStorage', undefined);
    const slot = openPage();
    expect(save(slot, 'typed')).toBe('notKept');
    expect(await slot.find()).toBeNull();
    slot.forget();
  });
});
