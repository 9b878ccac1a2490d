import { describe, expect, it } from 'vitest';
import { readDraftForm, withoutBlanks } from './draft-form';
import { toPasteInput } from './paste-input';

function formOf(fields: Record<string, string | File>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

const blank = { 'files.0.name': '', 'files.0.language': '', 'files.0.content': '' };

describe('readDraftForm', () => {
  it('undoes the line ends that a browser gives to a posted textarea', async () => {
    const { draft } = await readDraftForm(formOf({ ...blank, 'files.0.content': 'a\r\nb\r\n' }));
    expect(draft.files[0]?.text).toBe('a\nb\n');
  });

  it('gives the line ends of the original back to an edited file', async () => {
    const form = formOf({ ...blank, 'files.0.content': 'a\r\nc\r\n', 'files.0.source': '1' });
    const { draft } = await readDraftForm(form, ['x', 'a\r\nb\r\n']);
    expect(draft.files[0]).toMatchObject({ text: 'a\r\nc\r\n', source: 1 });
  });

  it('takes an upload byte for byte, in place of a file never filled in', async () => {
    const upload = new File(['\uFEFFa\rb\r\n'], 'a.txt');
    const { draft } = await readDraftForm(formOf({ ...blank, uploads: upload }));
    expect(draft.files).toEqual([{ name: 'a.txt', language: '', text: '\uFEFFa\rb\r\n', source: null }]);
  });

  it.each([[[0, 1]], [[0xff, 0xfe]]])('leaves out what is not text: %j', async (bytes) => {
    const upload = new File([new Uint8Array(bytes)], 'a.bin');
    const { draft, binaries } = await readDraftForm(formOf({ ...blank, uploads: upload }));
    expect(binaries).toEqual(['a.bin']);
    expect(draft.files).toHaveLength(1);
  });

  it('reads which button was pressed without JavaScript', async () => {
    expect((await readDraftForm(formOf({ ...blank, intent: 'remove:3' }))).intent).toEqual({
      kind: 'remove',
      file: 3,
    });
  });
});

describe('toPasteInput', () => {
  it('reads a date in the zone that the browser sent, else in UTC', async () => {
    const fields = { ...blank, lifetime: 'at', expires_at: '2030-01-01T12:00' };
    const inUtc = (await readDraftForm(formOf(fields))).draft;
    const inMoscow = (await readDraftForm(formOf({ ...fields, utc_offset: '-180' }))).draft;
    expect(toPasteInput(inUtc)).toMatchObject({ expires_at: '2030-01-01T12:00:00.000Z' });
    expect(toPasteInput(inMoscow)).toMatchObject({ expires_at: '2030-01-01T09:00:00.000Z' });
  });
});

it('drops files never filled in, but not the last one', () => {
  const empty = { name: '', language: '', text: '', source: null };
  const full = { ...empty, text: 'a' };
  expect(withoutBlanks([empty, full, empty])).toEqual([full]);
  expect(withoutBlanks([empty, empty])).toEqual([empty]);
});
