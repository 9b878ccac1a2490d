import MarkdownIt, { type Env, type Token } from 'markdown-it';
import { linkAddresses } from './markdown-autolinks';
import { footnoteDefinition, footnoteReference } from './markdown-footnotes';
import { blockComment, inlineComment, lineBreak, pairStrikethrough, strikethrough } from './markdown-rules';
import { Meter, TooExpensiveError } from './meter';

const NESTING_MAX = 60;
const BLOCK_TOKENS_MAX = 120_000;
const INLINE_TOKENS_MAX = 200_000;
const PARAGRAPH_MAX = 64 * 1024;
const LINK_MAX = 2_048;
/** Settings before a text, as static site generators have them. Other texts between rules are text. */
const frontMatter =
  /^---[ \t]*\n((?:#.*|[\w."'-]+[ \t]*:(?:[ \t].*)?)\n(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)/;

const parser = createParser();

function createParser() {
  const md = new MarkdownIt({ html: false, linkify: true, typographer: false });
  for (const schema of ['ftp:', '//', 'mailto:']) md.linkify.add(schema, null);
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false, maxLength: LINK_MAX });

  const normalize = md.normalizeLink.bind(md);
  md.normalizeLink = (url) => (url.length > LINK_MAX ? '' : normalize(url));

  md.block.ruler.before(
    'table',
    'meter',
    (state) => {
      meterOf(state.env).step();
      if (state.level > NESTING_MAX) throw new TooExpensiveError('nested too deep');
      if (state.tokens.length > BLOCK_TOKENS_MAX) throw new TooExpensiveError('too many blocks');
      return false;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
  md.inline.ruler.before('text', 'meter', (state) => {
    meterOf(state.env).step();
    return false;
  });
  addGitHubRules(md);
  return md;
}

/** What GitHub has beyond CommonMark and tables. Tasks and alerts are found when the text is written. */
function addGitHubRules({ block, inline }: InstanceType<typeof MarkdownIt>): void {
  const { ruler, ruler2 } = inline;
  block.ruler.before('reference', 'footnote', footnoteDefinition, { alt: ['paragraph', 'reference'] });
  block.ruler.before(
    'html_block',
    'comment',
    (state, line, endLine, silent) => {
      const step = () => meterOf(state.env).step();
      return blockComment(state, { line, endLine, silent, step });
    },
    { alt: ['paragraph', 'reference', 'blockquote'] },
  );
  ruler.before('link', 'footnote', footnoteReference);
  ruler.before('autolink', 'comment', inlineComment);
  ruler.before('autolink', 'br', lineBreak);
  ruler.at('strikethrough', strikethrough);
  ruler2.at('strikethrough', pairStrikethrough);
}

function meterOf(env: Env): Meter {
  if (env.meter instanceof Meter) return env.meter;
  throw new Error('markdown is parsed without a meter');
}

/**
 * Blocks with their inline tokens as children.
 * @throws {TooExpensiveError}
 */
export async function parseMarkdown(text: string, meter: Meter): Promise<Token[]> {
  const env: Env = { meter };
  const blocks = await parseBlocks(text, env, meter);
  let count = 0;
  for (const token of blocks) {
    const { type, content, children } = token;
    if (type !== 'inline' || !children) continue;
    if (content.length > PARAGRAPH_MAX) throw new TooExpensiveError('too long a paragraph');
    parser.inline.parse(content, parser, env, children);
    if (/www\.|@|:\/\//i.test(content)) {
      token.children = linkAddresses(children, {
        toHref: (url) => parser.normalizeLink(url),
        step: () => meter.step(),
      });
    }
    count += token.children?.length ?? 0;
    if (count > INLINE_TOKENS_MAX) throw new TooExpensiveError('too much markup');
    meter.check();
    await meter.restWhenDue();
  }
  return blocks;
}

/** What `parser.block.parse` does, with pauses between the outermost blocks. */
async function parseBlocks(text: string, env: Env, meter: Meter): Promise<Token[]> {
  const source = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\uFFFD');
  const [settings = '', yaml] = frontMatter.exec(source) ?? [];
  const state = new parser.block.State(source.slice(settings.length), parser, env, []);
  if (yaml !== undefined) {
    state.push('front_matter_open', '', 1);
    Object.assign(state.push('fence', '', 0), { info: 'yaml', content: yaml });
    state.push('front_matter_close', '', -1);
  }
  const rules = parser.block.ruler.getRules('');
  for (let line = state.skipEmptyLines(0); line < state.lineMax; line = state.skipEmptyLines(state.line)) {
    state.line = line;
    rules.some((rule) => rule(state, line, state.lineMax, false));
    if (state.line <= line) throw new Error('a line belongs to no block');
    await meter.restWhenDue();
  }
  return state.tokens;
}
