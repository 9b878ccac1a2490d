import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One of the figures that the project wants to reach. */
export interface Verdict {
  target: string;
  measured: string;
  isMet: boolean;
}

/** What one part of the benchmark found, as Markdown. */
export interface Section {
  title: string;
  text: string;
  verdicts: readonly Verdict[];
}

export interface Report {
  title: string;
  /** Where and how it was measured. */
  facts: readonly string[];
  sections: readonly Section[];
}

/** A Markdown table. The first column is text, the others are figures. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rules = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rules, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function renderVerdicts(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ target, measured, isMet }) => [
    target,
    measured,
    isMet ? 'met' : '**not met**',
  ]);
  return renderTable(['target', 'measured', 'result'], rows);
}

export function renderReport({ title, facts, sections }: Report): string {
  const verdicts = sections.flatMap((section) => section.verdicts);
  const parts = [
    `# ${title}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...(verdicts.length === 0 ? [] : ['## Targets', renderVerdicts(verdicts)]),
    ...sections.flatMap(({ title, text }) => [`## ${title}`, text]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Writes the report into the folder as `YYYY-MM-DD-nodeNN.md`. @returns the path */
export async function saveReport(folder: string, report: Report): Promise<string> {
  await mkdir(folder, { recursive: true });
  const [major] = process.versions.node.split('.');
  const file = join(folder, `${new Date().toISOString().slice(0, 10)}-node${major}.md`);
  await writeFile(file, renderReport(report));
  return file;
}
