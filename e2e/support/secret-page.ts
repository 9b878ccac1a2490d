import type { Page } from 'playwright/test';

export const PASSWORD = 'a long walk by the sea';
export const TEXT = 'first line\r\nsecond line\r\n';

/** Of one transparent pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export const SCRIPT = `const answer: number = 42;\n${'// more\n'.repeat(200)}`;
const MARKDOWN = `# Plans\n\n[to the end](#the-end)\n\n${'Some words.\n\n'.repeat(120)}## The end\n`;

export const FILES = [
  { name: 'script.ts', content: SCRIPT },
  { name: 'plans.md', content: MARKDOWN },
  { name: 'pixel.png', content: PNG },
  { name: 'data.bin', content: new Uint8Array([0, 1, 2, 3]) },
  { name: '<img src=x onerror=alert(1)>.svg', content: '<svg onload="alert(1)"/>' },
];

export const heading = (page: Page) => page.getByRole('heading', { level: 1 });
export const fault = (page: Page) => page.getByRole('alert').filter({ hasText: /\S/ });
