import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderReport, renderTable, saveReport } from './report';

const REPORT = {
  title: 'Benchmark',
  facts: ['Node 24', 'two processors'],
  sections: [
    {
      title: 'Speed',
      text: renderTable(['case', 'requests/s'], [['raw', '100']]),
      verdicts: [
        { target: 'raw: at least 90', measured: '100', isMet: true },
        { target: 'raw: at least 200', measured: '100', isMet: false },
      ],
    },
    { title: 'Start', text: 'Quick.', verdicts: [] },
  ],
};

it('shows facts, targets and sections', () => {
  expect(renderReport(REPORT)).toBe(`# Benchmark

- Node 24
- two processors

## Targets

| target | measured | result |
| --- | ---: | ---: |
| raw: at least 90 | 100 | met |
| raw: at least 200 | 100 | **not met** |

## Speed

| case | requests/s |
| --- | ---: |
| raw | 100 |

## Start

Quick.
`);
});

it('has no targets where none was measured', () => {
  expect(renderReport({ ...REPORT, sections: REPORT.sections.slice(1) })).not.toContain('Targets');
});

it('saves the report under its date and the version of Node', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-report-'));
  try {
    const file = await saveReport(join(folder, 'bench'), REPORT);
    expect(file).toMatch(/\/bench\/\d{4}-\d{2}-\d{2}-node\d+\.md$/);
    expect(await readFile(file, 'utf8')).toBe(renderReport(REPORT));
  } finally {
    await rm(folder, { recursive: true });
  }
});
