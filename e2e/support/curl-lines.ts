import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type CurlLine, DOCUMENTED } from './curl-documented';
import { IMPLIED } from './curl-implied';
import { DIFF, FILES } from './curl-samples';

/*
 * Runs the commands of the documentation with the real curl against a running service, and compares status,
 * headers and bytes.
 */

const STATUS_MARK = 'curl-status:';

interface Answer {
  status: number;
  headers: Headers;
  body: Buffer;
  folder: string;
}

interface CreatedPaste {
  slug: string;
  key: string;
}

/** @returns the faults, line by line; empty if every line does what the table says */
export async function runCurlLines(
  baseUrl: string,
  { token, log }: { token: string; log: (line: string) => void },
): Promise<string[]> {
  if (spawnSync('curl', ['--version']).error) {
    throw new Error('curl is not installed: this check runs the real curl and cannot do without it.');
  }
  const faults: string[] = [];
  for (const line of [...DOCUMENTED, ...IMPLIED]) {
    const found = await checkLine(line, { baseUrl, token });
    log(`${found.length === 0 ? 'ok    ' : 'FAILED'} ${line.status} ${line.command}`);
    for (const fault of found) {
      log(`         ${fault}`);
      faults.push(`${line.command}: ${fault}`);
    }
  }
  return faults;
}

async function checkLine(line: CurlLine, service: { baseUrl: string; token: string }): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-curl-'));
  try {
    const created = line.paste ? await createPaste(service.baseUrl, line.paste) : null;
    const answer = await runLine(line, { ...service, folder, created });
    return [
      ...findAnswerFaults(line, answer),
      ...(line.saves ? await findSavedFaults(line.saves, folder) : []),
      ...(line.stores ? await findStoredFaults(line.stores, { answer, baseUrl: service.baseUrl }) : []),
      ...(line.leaves === undefined || !created
        ? []
        : await findLeftFaults(line.leaves, service.baseUrl, created)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function createPaste(baseUrl: string, paste: Record<string, unknown>): Promise<CreatedPaste> {
  const response = await fetch(`${baseUrl}/api/v1/pastes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(paste),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`Creating a paste failed with ${response.status}: ${text}`);
  const { slug, edit_key } = JSON.parse(text) as { slug: string; edit_key: string };
  return { slug, key: edit_key };
}

async function runLine(
  { command }: CurlLine,
  at: { baseUrl: string; token: string; folder: string; created: CreatedPaste | null },
): Promise<Answer> {
  const { baseUrl, token, folder, created } = at;
  const work = join(folder, 'work');
  const bin = join(folder, 'bin');
  for (const one of [work, bin]) await mkdir(one);
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(work, name), content);
  await writeFile(join(bin, 'git'), `#!/bin/sh\ncat ${join(folder, 'diff')}\n`);
  await writeFile(join(folder, 'diff'), DIFF);
  await chmod(join(bin, 'git'), 0o755);
  const headersFile = join(folder, 'headers');
  const options = `-sS -D '${headersFile}' -w '%{stderr}${STATUS_MARK}%{http_code}'`;
  const script = command
    .replaceAll('http://localhost:3000', baseUrl)
    .replaceAll(/\bSLUG\b/g, created?.slug ?? 'SLUG')
    .replaceAll(/\bKEY\b/g, created?.key ?? 'KEY')
    .replace(/\bcurl /, `curl ${options} `);
  const child = spawn('sh', ['-c', script], {
    cwd: work,
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      LC_ALL: 'C.UTF-8',
      EDIT_KEY: created?.key ?? '',
      TOKEN: token,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, complaints]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  await once(child, 'close');
  const told = Buffer.concat(complaints).toString();
  return {
    status: Number(told.split(STATUS_MARK)[1]?.slice(0, 3) ?? 0),
    headers: parseHeaders(await readFile(headersFile, 'latin1').catch(() => '')),
    body: Buffer.concat(output),
    folder: work,
  };
}

/** Of the last response: `100 Continue` may come before it. */
function parseHeaders(text: string): Headers {
  const last = text.trim().split('\r\n\r\n').at(-1) ?? '';
  const headers = new Headers();
  for (const line of last.split('\r\n').slice(1)) {
    const at = line.indexOf(':');
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim());
  }
  return headers;
}

function findAnswerFaults(line: CurlLine, { status, headers, body }: Answer): string[] {
  const faults: string[] = [];
  const text = body.toString();
  if (status !== line.status) faults.push(`status ${status}, not ${line.status}: ${text.slice(0, 300)}`);
  if (line.body !== undefined && !body.equals(Buffer.from(line.body))) {
    faults.push(`answers ${JSON.stringify(text.slice(0, 300))}, not ${JSON.stringify(line.body)}`);
  }
  if (line.json && !holds(parseJson(text), line.json)) {
    faults.push(`answers ${text.slice(0, 600)}, without ${JSON.stringify(line.json)}`);
  }
  for (const [name, pattern] of Object.entries(line.headers ?? {})) {
    const value = headers.get(name) ?? '';
    if (!pattern.test(value)) faults.push(`the header ${name} is ${JSON.stringify(value)}, not ${pattern}`);
  }
  return faults;
}

async function findSavedFaults({ name, text }: { name: string; text: string }, folder: string) {
  const work = join(folder, 'work');
  const saved = (await readdir(work)).filter((one) => !(one in FILES));
  if (!isDeepStrictEqual(saved, [name])) return [`saves ${JSON.stringify(saved)}, not ${name}`];
  return (await readFile(join(work, name))).equals(Buffer.from(text)) ? [] : ['saves other bytes'];
}

async function findStoredFaults(
  stores: NonNullable<CurlLine['stores']>,
  { answer, baseUrl }: { answer: Answer; baseUrl: string },
): Promise<string[]> {
  const slug = slugIn(answer.body.toString());
  if (slug === null) return ['the answer names no paste'];
  const response = await fetch(`${baseUrl}/api/v1/pastes/${slug}`);
  const { files } = (await response.json()) as { files?: { name: string; language: string }[] };
  if (files?.length !== stores.length) return [`${files?.length} files are stored, not ${stores.length}`];
  const faults: string[] = [];
  for (const [index, { text, name, language }] of stores.entries()) {
    const file = files[index];
    if (name !== undefined && file?.name !== name)
      faults.push(`the file is called ${file?.name}, not ${name}`);
    if (language !== undefined && file?.language !== language) {
      faults.push(`the language is ${file?.language}, not ${language}`);
    }
    const raw = await fetch(`${baseUrl}/${slug}/raw/${index + 1}`);
    const bytes = Buffer.from(await raw.arrayBuffer());
    if (!bytes.equals(Buffer.from(text))) faults.push(`file ${index + 1} is stored with other bytes`);
  }
  return faults;
}

async function findLeftFaults(
  left: string | null,
  baseUrl: string,
  { slug }: CreatedPaste,
): Promise<string[]> {
  const raw = await fetch(`${baseUrl}/${slug}/raw`);
  const text = await raw.text();
  if (left === null) return raw.status === 404 ? [] : [`the paste is still there: ${raw.status}`];
  return raw.status === 200 && text === left ? [] : [`leaves ${raw.status} ${text.slice(0, 100)}`];
}

function slugIn(answer: string): string | null {
  const value = parseJson(answer);
  if (typeof value === 'object' && value !== null) {
    const { slug, key } = value as { slug?: string; key?: string };
    return slug ?? key ?? null;
  }
  return /^https?:\/\/\S+\/([\w-]+)\n$/.exec(answer)?.[1] ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether every member of one value is in the other, at any depth. */
function holds(value: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(value) && value.length === part.length && part.every((one, at) => holds(value[at], one))
    );
  }
  if (typeof part !== 'object' || part === null) return value === part;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(part).every(([name, one]) => holds((value as Record<string, unknown>)[name], one));
}
