import MarkdownIt, { type Env, type Token } from 'markdown-it';
import { Meter, TooExpensiveError } from './meter';

const NESTING_MAX = 60;
const BLOCK_TOKENS_MAX = 120_000;
const INLINE_TOKENS_MAX = 200_000;
const PARAGRAPH_MAX = 64 * 1024;
const LINK_MAX = 2_048;

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
  return md;
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
  for (const { type, content, children } of blocks) {
    if (type !== 'inline' || !children) continue;
    if (content.length > PARAGRAPH_MAX) throw new TooExpensiveError('too long a paragraph');
    parser.inline.parse(content, parser, env, children);
    count += children.length;
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
  const state = new parser.block.State(source, parser, env, []);
  const rules = parser.block.ruler.getRules('');
  for (let line = state.skipEmptyLines(0); line < state.lineMax; line = state.skipEmptyLines(state.line)) {
    state.line = line;
    rules.some((rule) => rule(state, line, state.lineMax, false));
    if (state.line <= line) throw new Error('a line belongs to no block');
    await meter.restWhenDue();
  }
  return state.tokens;
}
