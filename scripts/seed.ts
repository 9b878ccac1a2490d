import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { prepareDatabase, runCommand } from './environment';

interface Sample {
  title: string;
  files: string[];
  visibility: 'public' | 'unlisted';
  expires_in: string;
}

const SAMPLES: Sample[] = [
  { title: 'Which cities, before the trip', files: ['cities.csv'], visibility: 'public', expires_in: '1mo' },
  { title: 'Deploy of Wednesday', files: ['deploy.log'], visibility: 'public', expires_in: '1w' },
  { title: 'Борщ', files: ['borsch.md'], visibility: 'public', expires_in: '1y' },
  { title: 'Monday notes', files: ['standup.md'], visibility: 'unlisted', expires_in: '1w' },
  { title: 'TLS in front of Sheaf', files: ['nginx.conf'], visibility: 'public', expires_in: 'never' },
  {
    title: 'The page that ended one row early',
    files: ['off-by-one.diff'],
    visibility: 'public',
    expires_in: '3mo',
  },
  {
    title: 'Overdrawn since when',
    files: ['window/running-total.sql'],
    visibility: 'public',
    expires_in: '6mo',
  },
  { title: '', files: ['tail.py'], visibility: 'public', expires_in: '1mo' },
  {
    title: 'Retry with jitter, the version that finally worked',
    files: ['retry/retry.ts', 'retry/retry.test.ts'],
    visibility: 'public',
    expires_in: 'never',
  },
];

/** Creates the samples with the same service as any paste, and prints their links. */
async function seed(): Promise<void> {
  const release = await prepareDatabase();
  const { createPasteSchema } = await import('../lib/pastes/schema');
  const { createPaste } = await import('../lib/pastes/create');
  const { pasteUrl } = await import('../lib/pastes/dto');
  const { anonymousCaller } = await import('../lib/core/caller');
  const { disconnect } = await import('../lib/core/db');
  try {
    for (const { files, ...settings } of SAMPLES) {
      const contents = await Promise.all(files.map(readSample));
      const { paste } = await createPaste(
        createPasteSchema.parse({ ...settings, files: contents }),
        anonymousCaller(new Headers()),
      );
      console.log(`${pasteUrl(paste.slug)}  ${settings.title || contents[0]?.name}`);
    }
  } finally {
    await disconnect();
    await release();
  }
}

async function readSample(path: string): Promise<{ name: string; content: string }> {
  const content = await readFile(new URL(`../prisma/samples/${path}`, import.meta.url), 'utf8');
  return { name: basename(path), content };
}

await runCommand(seed);
