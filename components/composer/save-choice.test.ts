import { describe, expect, it } from 'vitest';
import { RANDOM } from '@/test/planted-credentials';
import { applyChoice, reportAdded, reportDraft } from './credential-check';
import { EMPTY_FILE } from './draft';
import { intentOf, readSaveChoice, SAVE_CHOICES } from './save-choice';

const DRAFT = {
  title: 'T',
  files: [
    {
      ...EMPTY_FILE,
      name: 'a.env',
      language: 'shell',
      text: `A=1\r\nPASSWORD=${RANDOM.slice(0, 9)}\r\n`,
      source: 2,
    },
    { ...EMPTY_FILE, text: 'plain' },
  ],
  lifetime: '1d',
  expiresAt: '',
  utcOffset: 0,
  visibility: 'public',
  burnAfter: '',
  slug: '',
};

it.each([null, ...SAVE_CHOICES])('is read from the intent of its button: %s', (choice) => {
  expect(readSaveChoice(intentOf(choice))).toBe(choice);
});

it.each(['', 'save', 'save:', 'save:all', 'mask', 'remove:1'])('is not in another intent: %s', (intent) => {
  expect(readSaveChoice(intent)).toBeNull();
});

it('changes nothing but what was chosen', async () => {
  expect(await applyChoice(DRAFT, null)).toEqual(DRAFT);
  expect(await applyChoice(DRAFT, 'keep')).toEqual(DRAFT);
  expect(await applyChoice(DRAFT, 'private')).toEqual({ ...DRAFT, visibility: 'private' });
  const [first, second] = DRAFT.files;
  expect(await applyChoice(DRAFT, 'mask')).toEqual({
    ...DRAFT,
    files: [{ ...first, text: 'A=1\r\nPASSWORD=[removed]\r\n' }, second],
  });
});

it.each(SAVE_CHOICES)('leaves nothing to ask about, unless the draft is kept: %s', async (choice) => {
  const report = await reportDraft(await applyChoice(DRAFT, choice), []);
  expect(report !== null).toBe(choice === 'keep');
});

it('asks nothing about a paste that burns', async () => {
  expect(await reportDraft({ ...DRAFT, burnAfter: '1' }, [])).toBeNull();
});

describe('saving anyway', () => {
  const before = `A=1\nPASSWORD=${RANDOM.slice(0, 9)}\n`;
  const draftOf = (text: string, visibility: string) => ({
    files: [{ ...EMPTY_FILE, text }],
    visibility,
    burnAfter: '',
  });
  const reportNow = (text: string, visibility = 'public', asked = draftOf(before, 'public')) =>
    reportAdded(draftOf(text, visibility), { published: [], asked });

  it('is not asked about again, wherever the lines stand now', async () => {
    expect(await reportNow(before)).toBeNull();
    expect(await reportNow(`\n# moved\n${before}`)).toBeNull();
    expect(await reportNow(before, 'unlisted')).toBeNull();
    expect(await reportNow('B=2\n')).toBeNull();
  });

  it('is asked about again if a credential was added, even in place of another', async () => {
    const added = `PASSWORD=${RANDOM.slice(20, 29)}\n`;
    const report = await reportNow(`${added}${before}`);
    expect(report?.listed.map(({ line }) => line)).toEqual([1, 3]);
    expect((await reportNow(added))?.listed).toHaveLength(1);
  });

  it('is asked about again if more people are to read it', async () => {
    const asked = draftOf(before, 'unlisted');
    expect((await reportNow(before, 'public', asked))?.listed).toHaveLength(1);
  });
});
