import { describe, expect, it } from 'vitest';
import { isReserved } from '../core/reserved-words';
import { isCustomSlug, isSlugShaped, newSlug, slugsMeantBy } from './slug';

describe('newSlug', () => {
  it('always holds a capital letter, so that no user can choose it', () => {
    const slugs = Array.from({ length: 20_000 }, newSlug);
    for (const slug of slugs) expect(slug).toMatch(/^(?=.*[A-Z])[1-9A-HJ-NP-Za-km-z]{12}$/);
    expect(slugs.every(isSlugShaped)).toBe(true);
    expect(slugs.filter(isCustomSlug)).toEqual([]);
    expect(new Set(slugs).size).toBe(slugs.length);
  });

  it('uses every character of the alphabet about as often, in every place', () => {
    const counts = new Map<string, number>();
    const ROUNDS = 58_000;
    for (let n = 0; n < ROUNDS; n += 1) {
      for (const [place, character] of [...newSlug()].entries()) {
        const key = `${place}${character}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(12 * 58);
    // 1,000 each is expected; 200 is more than six standard deviations.
    for (const [key, count] of counts)
      expect([key, Math.abs(count - ROUNDS / 58) < 200]).toEqual([key, true]);
  });
});

describe('slugsMeantBy', () => {
  it.each([
    ['release-notes', ['release-notes']],
    ['Release-Notes', ['Release-Notes', 'release-notes']],
    ['MeetingNotes1', ['MeetingNotes1', 'meetingnotes1']],
    ['MeetingNote0', ['MeetingNote0', 'meetingnote0']],
    ['MeetingNotel', ['MeetingNotel', 'meetingnotel']],
    ['Meeting-Note', ['Meeting-Note', 'meeting-note']],
    ['no slug', []],
  ])('finds by %j one of %j', (text, slugs) => expect(slugsMeantBy(text)).toEqual(slugs));

  it('takes what could be a random slug as it is, though it may be a chosen one in another case', () => {
    expect(isCustomSlug('meetingnotes')).toBe(true);
    expect(slugsMeantBy('MeetingNotes')).toEqual(['MeetingNotes']);
  });
});

describe('isReserved', () => {
  it.each([
    'moderator',
    'administrator',
    'root',
    'support',
    'Staff',
    'sup-port',
    'ad_min',
    'no-reply',
    'log-in',
  ])('keeps %s for the service', (word) => expect(isReserved(word)).toBe(true));

  it.each(['ada', 'admiral', 'supporter', 'roots', 'new-york'])('leaves %s', (word) =>
    expect(isReserved(word)).toBe(false),
  );
});
