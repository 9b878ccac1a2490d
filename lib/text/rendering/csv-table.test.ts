import { describe, expect, it } from 'vitest';
import { cellsOf } from '@/test/csv-cells';
import { expectSafeHtml } from '@/test/expect-safe-html';
import { seededRandom } from '@/test/seeded-random';
import { CSV_MAX, type CsvTable, renderCsvTable } from './csv-table';

const labels = { table: 'rows & "columns"', row: '#' };

function render(text: string, delimiter?: ',' | '\t' | ';'): CsvTable {
  const table = renderCsvTable({ text, delimiter, labels });
  if (table === null) throw new Error('nothing was rendered');
  return table;
}

describe('renderCsvTable', () => {
  it('has a header, row numbers, and numbers at the right', () => {
    expect(render('name,count\na <b>,1\n"c, ""d""",-2.5\n').html).toBe(
      '<div class="csv-table" role="region" tabindex="0" aria-label="rows &amp; &quot;columns&quot;"><table>' +
        '<thead><tr><th scope="col" class="csv-row">#</th><th scope="col" dir="auto">name</th>' +
        '<th scope="col" dir="auto" class="csv-number">count</th></tr></thead><tbody>' +
        '<tr><th scope="row" class="csv-row">1</th><td dir="auto">a &lt;b&gt;</td>' +
        '<td dir="auto" class="csv-number">1</td></tr>\n' +
        '<tr><th scope="row" class="csv-row">2</th><td dir="auto">c, &quot;d&quot;</td>' +
        '<td dir="auto" class="csv-number">-2.5</td></tr>\n</tbody></table></div>',
    );
  });

  it.each([
    [
      'a;b\n1,5;2',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\n1,2\t3',
      [
        ['a', 'b'],
        ['1,2', '3'],
      ],
    ],
    [
      '\ufeff\n\na,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\rc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\n"c\nd",e\n\n,\n',
      [
        ['a', 'b'],
        ['c\nd', 'e'],
        ['', ''],
      ],
    ],
    [
      'a,b\n=1+1,@x\n"=HYPERLINK(""https://a"")",-1',
      [
        ['a', 'b'],
        ['=1+1', '@x'],
        ['=HYPERLINK("https://a")', '-1'],
      ],
    ],
    [
      'a,b\nc\nd,e,f',
      [
        ['a', 'b', ''],
        ['c', '', ''],
        ['d', 'e', 'f'],
      ],
    ],
    ['a,"b\nc,d', [['a', 'b\nc,d']]],
    [
      '__proto__,constructor\na,b',
      [
        ['__proto__', 'constructor'],
        ['a', 'b'],
      ],
    ],
  ])('reads %j', (text, cells) => {
    expect(cellsOf(render(text))).toEqual(cells);
  });

  it('uses the given separator', () => {
    expect(cellsOf(render('a,b;c\nd,e;f', ';'))).toEqual([
      ['a,b', 'c'],
      ['d,e', 'f'],
    ]);
  });

  it.each([
    '1',
    '-1.5',
    '1,5',
    '1 000 000',
    "1'000",
    '1,000.25',
    '50%',
    '$5',
    '5 €',
    '1e-9',
    '.5',
    '1.234.567,89',
    '-12.000',
    '−3',
    '1’000',
  ])('takes %s for a number', (number) => {
    expect(render(`a\tb\n${number}\tx\n\ty`, '\t').html).toContain('<td dir="auto" class="csv-number">');
  });

  it.each([
    '',
    '-',
    '%',
    '1a',
    '1-2',
    '2026-01-01',
    '1.2.3',
    '12:30',
    '0x1f',
    '1 2',
    '$',
    'e5',
    '+ 1',
    '1.23.456',
    '1.234.56',
    '1.2.2026',
  ])('does not take %j for a number', (text) => {
    expect(render(`a\tb\n${text}\tx`, '\t').html).not.toContain('csv-number');
  });

  it('marks columns with a long text, also in one row', () => {
    const { html } = render(`a,b,c\n${'x'.repeat(24)},y,1\nz,${'y'.repeat(25)},2\n`);
    expect(html).toContain(
      '<td dir="auto">z</td><td dir="auto" class="csv-long">yyyyyyyyyyyyyyyyyyyyyyyyy</td>' +
        '<td dir="auto" class="csv-number">2</td>',
    );
    expect(html).toContain('<th scope="col" dir="auto" class="csv-long">b</th>');
  });

  it.each([
    '',
    '\n',
    'a',
    'a\nb\nc',
    'plain text\nwith lines',
    '"',
    '"a\nb"',
    `${'a,b\n'.repeat(CSV_MAX / 4)}a`,
  ])('finds no table in %#', (text) => {
    expect(renderCsvTable({ text, labels })).toBeNull();
  });

  it('shows how much is left out', () => {
    const rows = render(`a,b\n${'"1",2\n'.repeat(2_500)}"x\ny",z\n\n`);
    expect(rows).toMatchObject({ rowsShown: 1_000, rowsTotal: 2_501, columnsShown: 2, columnsTotal: 2 });
    expect(render(`a,b\n${'1,2\n'.repeat(999)}1,2`)).toMatchObject({ rowsShown: 1_000, rowsTotal: 1_000 });
    expect(render(`a,b\n${'1,2\n'.repeat(1_000)}1,2`)).toMatchObject({ rowsShown: 1_000, rowsTotal: 1_001 });

    const columns = render(`${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',')}\n1,2`);
    expect(columns).toMatchObject({ rowsShown: 1, rowsTotal: 1, columnsShown: 100, columnsTotal: 10_000 });
    expect(cellsOf(columns).map((row) => row.length)).toEqual([100, 100]);

    const wide = render(`${`${'x,'.repeat(99)}x\n`.repeat(2_000)}`);
    expect(wide).toMatchObject({ rowsShown: 300, rowsTotal: 1_999, columnsShown: 100, columnsTotal: 100 });

    const long = render(`a,b\n${'c'.repeat(5_000)},d`);
    expect(long.cellsCut).toBe(1);
    expect(cellsOf(long)[1]?.[0]).toBe(`${'c'.repeat(1_000)}…`);
  });

  it.each(['a,b\n1,2\n', 'a,b\n', 'a,b\n\n"1","2\n3"', 'sep=;\na;b\n1;2', 'a\tb\n"\t2'])(
    'finds all rows of %j as long as the header',
    (text) => {
      expect(render(text).isEven).toBe(true);
    },
  );

  it.each(['a,b\n1\n', 'a,b\n1,2,3', '# by hand\na,b\n1,2', 'a,b\n1,"2', 'a,b\n"1"x,2'])(
    'finds %j uneven',
    (text) => {
      expect(render(text).isEven).toBe(false);
    },
  );

  it.each(
    [',', '\n', '"', '",', '"\n', 'a"', '"a"b,', '<&>,', '" ', '"a\n', 'a,b\n', '\r', '\t', 'a'].flatMap(
      (unit) => [
        [`1 MB of ${JSON.stringify(unit)}`, unit.repeat(CSV_MAX / unit.length)],
        [`1 MB of ${JSON.stringify(unit)} in quotes`, `a,b\n"${unit.repeat(CSV_MAX / unit.length - 10)}`],
      ],
    ),
  )('comes to an end: %s', (_, text) => {
    const table = renderCsvTable({ text, labels });
    if (!table) return;
    expect(table.html.length).toBeLessThan(3 * 1024 * 1024);
    expectSafeHtml(table.html);
  });

  it('finishes with many quotes and blanks', () => {
    const text = `a,b\n"${'x"'.repeat(CSV_MAX / 4)}${' '.repeat(CSV_MAX / 2 - 100)},`;
    expect(renderCsvTable({ text, labels })).toBeNull();
  });

  it('writes only its own markup, for any text', () => {
    const random = seededRandom(8);
    const bits = [
      '<script>',
      '</td>',
      '"',
      "'",
      '&lt;',
      ',',
      ';',
      '\t',
      '\n',
      '\r',
      ' ',
      '=',
      '\u202e',
      '😀',
      '1',
      'a',
    ];
    for (let round = 0; round < 500; round++) {
      const text = `a,b${Array.from({ length: random(60) }, () => bits[random(bits.length)]).join('')}`;
      const table = renderCsvTable({ text, labels });
      if (table) expectSafeHtml(table.html);
    }
  });
});
