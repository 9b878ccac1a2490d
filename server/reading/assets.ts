import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { accentStyle } from '@/lib/core/accent';
import { readerPagePolicy } from '@/lib/core/http/security-headers';

/** What every page of the front has, besides its text. */
export interface PageAssets {
  /** CSS for the page itself. */
  style: string;
  /** CSS for the accent of the instance; null for that of Sheaf. */
  accentStyle: string | null;
  /** The path of the script. */
  script: string;
  /** Of the script in place of it on pages of secret pastes. */
  secretScript: string;
  /** The Content-Security-Policy that allows these. */
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
  return {
    style,
    accentStyle: null,
    script: pathOf('reader'),
    secretScript: pathOf('secret'),
    policy: readerPagePolicy(sourceOf(style)),
  };
}

/** The same for an instance with this accent. */
export function withAccent(assets: PageAssets, accent: string | null): PageAssets {
  if (accent === null) return assets;
  const added = accentStyle(accent);
  const policy = readerPagePolicy(`${sourceOf(assets.style)} ${sourceOf(added)}`);
  return { ...assets, accentStyle: added, policy };
}

/** What allows this style in a Content-Security-Policy. */
function sourceOf(style: string): string {
  return `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
}
