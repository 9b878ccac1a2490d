import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from 'playwright/test';

// The shell has no window to draw: tests take half the time in it.
const SYSTEM_SHELLS = ['/usr/bin/chromium-headless-shell'];
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What lets Chromium run as root, without a GPU and without calling home. */
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * How to launch each browser on this machine, the preferred one first: `CHROMIUM_PATH`, the system's headless
 * shell, Playwright's own, the system's browsers. Playwright chooses its own when no path is given.
 */
export function findChromiums(): LaunchOptions[] {
  const own = existsSync(chromium.executablePath()) ? [{}] : [];
  return [
    ...atPaths([process.env.CHROMIUM_PATH ?? '', ...SYSTEM_SHELLS]),
    ...own,
    ...atPaths(SYSTEM_BROWSERS),
  ].map((options) => ({ args: CHROMIUM_ARGS, ...options }));
}

function atPaths(paths: readonly string[]): LaunchOptions[] {
  return paths
    .filter((path) => path !== '' && existsSync(path))
    .map((executablePath) => ({ executablePath }));
}
