import { describe, expect, it } from 'vitest';
import { RANDOM } from '@/test/planted-credentials';
import { MAX_COUNTED, MAX_LISTED, reportCredentials } from './report-credentials';

const passwordLine = (at: number) => `PASSWORD=${RANDOM.slice(at % 90, (at % 90) + 10)}\n`;
const many = (count: number) => Array.from({ length: count }, (_, at) => passwordLine(at)).join('');

describe('a report of credentials', () => {
  it('says in which file and line they are, and of what kind', async () => {
    const texts = ['nothing\n', `one\ntwo\n${passwordLine(0)}`, `ftp://me:${RANDOM.slice(0, 9)}@host/`];
    expect(await reportCredentials(texts, { visibility: 'public' })).toEqual({
      listed: [
        { file: 1, line: 3, kind: 'assignment' },
        { file: 2, line: 1, kind: 'url_password' },
      ],
      more: 0,
      isCut: false,
    });
  });

  it('lists a kind once for each line', async () => {
    const token = `gh${'p'}_${RANDOM.slice(0, 36)}`;
    const line = `PASSWORD=${RANDOM.slice(0, 10)} ${token} DB_PASS="${RANDOM.slice(20, 30)}" ${token}\n`;
    const report = await reportCredentials([line + line], { visibility: 'public' });
    expect(report?.listed).toEqual(
      [1, 2].flatMap((at) => [
        { file: 0, line: at, kind: 'assignment' },
        { file: 0, line: at, kind: 'github_token' },
      ]),
    );
  });

  it('does not repeat what they say', async () => {
    const report = await reportCredentials([many(30)], { visibility: 'unlisted' });
    expect(JSON.stringify(report)).not.toContain(RANDOM.slice(0, 10));
  });

  it('is empty for a private paste, and for one without any', async () => {
    expect(await reportCredentials([many(3)], { visibility: 'private' })).toBeNull();
    expect(await reportCredentials(['const x = 1;'], { visibility: 'public' })).toBeNull();
    expect(await reportCredentials([], { visibility: 'public' })).toBeNull();
  });

  it('lists the first and counts the others, up to a limit', async () => {
    const report = (count: number) => reportCredentials([many(count)], { visibility: 'public' });
    expect(await report(MAX_LISTED)).toMatchObject({ more: 0, isCut: false });
    expect(await report(MAX_LISTED + 5)).toMatchObject({ more: 5, isCut: false });
    expect(await report(MAX_COUNTED)).toMatchObject({ more: MAX_COUNTED - MAX_LISTED, isCut: false });
    expect(await report(MAX_COUNTED + 1)).toMatchObject({ more: MAX_COUNTED - MAX_LISTED, isCut: true });
    expect((await report(MAX_COUNTED * 3))?.listed).toHaveLength(MAX_LISTED);
    const files = Array.from({ length: 20 }, () => many(100));
    expect(await reportCredentials(files, { visibility: 'public' })).toMatchObject({
      more: 980,
      isCut: true,
    });
  });

  it('leaves out what was published before, wherever it stands now', async () => {
    const published = [`a\n${passwordLine(0)}b\n`];
    const texts = ['first\n', `b\n${passwordLine(0)}a\n${passwordLine(1)}`];
    const report = await reportCredentials(texts, { visibility: 'public', published });
    expect(report?.listed).toEqual([{ file: 1, line: 4, kind: 'assignment' }]);
    expect(await reportCredentials(published, { visibility: 'public', published })).toBeNull();
  });
});
