import type { MarkdownLabels } from '@/lib/text/rendering/markdown-blocks';

/** The words of rendered Markdown in tests, which `expectSafeHtml` knows. */
export const MARKDOWN_LABELS: MarkdownLabels = {
  table: (number) => `table ${number}`,
  taskDone: 'done',
  taskOpen: 'open',
  image: 'image',
  alert: (kind) => `a ${kind}`,
  frontMatter: 'front matter',
  contents: 'contents',
  section: 'section',
  footnotes: 'footnotes',
  back: 'back',
};
