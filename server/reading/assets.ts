import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readerPagePolicy } from '@/lib/core/http/security-headers';

/** What every page of the front has, besides its text. */
export interface PageAssets {
  /** CSS for the page itself. */
  style: string;
  /** The path of the script. */
  script: string;
  /** Of the script in place of it on pages of secret pastes. */
  secretScript: string;
  /** The Content-Security-Policy that allows these two. */
  policy: string;
}

const ROOT = new URL('../../', import.meta.url);

/** Reads what the build left. Throws if it is incomplete. */
export function readAssets(): PageAssets {
  const style = readFileSync(new URL('.next/reader.css', ROOT), 'utf8');
  const names = readdirSync(new URL('dist/assets/', ROOT));
  const pathOf = (script: string) => {
    const found = names.find((name) => name.startsWith(`${script}-`) && name.endsWith('.js'));
    if (found === undefined) throw new Error(`dist/assets holds no ${script} script: run npm run build`);
    return `/assets/${found}`;
  };
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    style,
    script: pathOf('reader'),
    secretScript: pathOf('secret'),
    policy: readerPagePolicy(`'sha256-${hash}'`),
  };
}
