import { describe, expect, it } from 'vitest';
import { RANDOM } from '@/test/planted-credentials';
import { warningsFor } from './warnings';

const ENV = `a\nPASSWORD=${RANDOM.slice(0, 12)}\n`;

describe('warnings about a paste', () => {
  it('are none about ordinary text', async () => {
    const files = [{ name: 'a.ts', language: 'typescript', content: 'let a;\n' }];
    expect(await warningsFor({ title: 'T', files, visibility: 'public' })).toEqual({
      warnings: [],
      details: [],
    });
    expect(await warningsFor({ visibility: 'public' })).toEqual({ warnings: [], details: [] });
  });

  it('name each place, and each code once', async () => {
    const files = [
      { name: 'a\u200b', language: null, content: 'x' },
      { name: 'b', language: null, content: `\n\u200bx\n${ENV}` },
    ];
    const { warnings, details } = await warningsFor({ title: '\u202e', files, visibility: 'unlisted' });
    expect(warnings).toEqual(['bidi_controls', 'zero_width', 'language_unknown', 'credentials']);
    expect(details).toEqual([
      { code: 'bidi_controls', path: 'title', line: null, named: ['U+202E'] },
      { code: 'zero_width', path: 'files.0.name', line: null, named: ['U+200B'] },
      { code: 'zero_width', path: 'files.1.content', line: 2, named: ['U+200B'] },
      { code: 'language_unknown', path: 'files.0.language', line: null },
      { code: 'language_unknown', path: 'files.1.language', line: null },
      { code: 'credentials', path: 'files.1.content', line: 4, kind: 'assignment' },
    ]);
  });

  it('are not about credentials that only the owner or a few readers see', async () => {
    const files = [{ content: ENV }];
    expect((await warningsFor({ files, visibility: 'private' })).warnings).toEqual([]);
    expect((await warningsFor({ files, visibility: 'unlisted', burn_after: 1 })).warnings).toEqual([]);
  });
});
