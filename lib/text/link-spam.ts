/** Fewer links are no stuffing. */
const MIN_LINKS = 3;
/** Of more, the beginning and the end of each text are looked at. */
const MAX_CHARACTERS = 64 * 1024;
/** Longer lines are looked at in pieces. */
const MAX_PIECE = 400;

const LINK = /https?:\/\/[^\s<>"'\])]{1,300}/gi;

/**
 * Lines of logs, data and code: their links are counted, but promote nothing.
 * In turn: a time or an address at the start, a request, a tab, an element of a feed or of bookmarks, a comment, a
 * quoted value, an argument, and what ends as code does.
 */
const MACHINE_LINES = [
  /^\s{0,40}[[(]?\d{4}[-/.]\d\d[-/.]\d\d/,
  /^\s{0,40}\d{1,3}(?:\.\d{1,3}){3}\b/,
  /^\s{0,40}[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d/,
  / HTTP\/\d/,
  /\t.*https?:|https?:.*\t/,
  /^\s{0,40}<(?:dt|item|link|loc|outline|sitemap|url)\b/i,
  /^\s{0,40}(?:\/\/|--|\/\*)/,
  /["'`]\s{0,4}[:=,]\s{0,4}["'`]https?:/,
  /\(\s{0,4}["'`]https?:/,
  /[;{}[,]\s{0,10}$/,
];

const START = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';
const words = (...stems: string[]) => new RegExp(`${START}(?:${stems.join('|')})`, 'giu');
/** For words that are the beginning of ordinary ones, as "escort" is of "escorted". */
const whole = (...forms: string[]) => `(?:${forms.join('|')})${END}`;

/** What is promoted with links more than it is written about. One is enough. */
const STRONG = words(
  whole(
    ...[
      'casinos?',
      'sportsbooks?',
      'free spins?',
      'no deposit',
      'jackpots?',
      'online betting',
      'slot games?',
    ],
    ...['viagra', 'cialis', 'levitra', 'kamagra', 'tramadol', 'diet pills?', 'keto gummies', 'cbd gummies'],
    ...['escorts?', 'porn', 'xxx (?:cams?|movies?|pics|videos?)', 'nudes', 'hot girls', 'sex chat'],
    ...['adult dating', 'onlyfans leaks?', 'payday loans?', 'personal loans?', 'replica watch(?:es)?'],
    ...['fake passports?', 'essay writing services?', 'seo (?:services?|backlinks)'],
    ...['buy (?:\\w{1,20} )?(?:followers|likes|views|backlinks|reviews)'],
    ...['earn (?:money|cash)', 'make money (?:online|fast)', 'passive income'],
    ...['guaranteed (?:profit|income)', '(?:crypto|forex|trading) signals', 'binary options'],
    ...['double your (?:money|bitcoin)', 'free robux', 'free v-?bucks', 'free gift ?cards?'],
    ...['gift card generators?', 'full movies?', 'watch online free', 'watch free', '123movies', 'putlocker'],
    // Not the tool of SSH, whose manual may stand at ssh/keygen.
    ...['live ?stream free', '(?<!ssh[-/])keygens?', 'crack(?:ed)? (?:download|version|apk)', 'serial keys?'],
    ...['mod apk', 'activation key free'],
    // Not the verbs "займёт" and "займу".
    ...['займ(?:ы|а|ов|ом|ам|ах)?', 'интим', 'кряки?'],
  ),
  'earn \\$',
  ...['казино', 'букмекер', 'ставки на спорт', 'фриспин', 'бездепозит', 'игровые автоматы'],
  ...['микрозайм', 'кредит без отказа', 'виагр', 'сиалис', 'похуде(?:ть|ни)'],
  ...['порно', 'эскорт', 'проститут', 'интимн[а-яё]{1,4} (?:услуг|встреч)', 'секс-?чат', 'знакомства для'],
  ...['заработок', 'заработа(?:й|ть) ', 'пассивный доход', 'накрутк'],
  'купить (?:подписчик|диплом|аттестат|права)',
  ...['смотреть онлайн', 'скачать бесплатно', 'скачать торрент', 'ключ активации'],
  ...['мефедрон', 'гашиш', 'кракен (?:ссылк|зеркал|маркет)', 'рабочее зеркало'],
);

/** What also stands in ordinary texts. It takes two, and one for each link. */
const WEAK = words(
  ...[
    'click here',
    'click now',
    'download now',
    'order now',
    'buy now',
    'sign up now',
    'join now',
    'play now',
  ],
  ...[
    'limited (?:time )?offer',
    'best price',
    'cheap',
    'discount',
    'promo ?code',
    'bonus',
    '100% free',
    'no risk',
  ],
  ...['free download', 'act now', 'hurry', 'airdrop', 'giveaway', 'dm me', 'whatsapp', 'telegram channel'],
  ...[
    'жми',
    'переходи',
    'успей',
    'подпишись',
    'подписывай',
    'промокод',
    'бонус',
    'скидк',
    'купить',
    'недорого',
  ],
  ...['бесплатно', 'без регистрации', 'гаранти', 'выгодн', 'в наличии', 'телеграм-канал'],
);

/** Forums turn it into a link. Here it is text, so that what uses it was written for somewhere else. */
const FORUM_LINK = /\[url=["']?https?:\/\//gi;

/**
 * Whether texts promote links: most of their links, and at least three, stand in sentences that advertise, or in the
 * markup of forums. Logs, bookmarks, sitemaps, tables and code with any number of links do not. English and Russian
 * only. Linear, in at most 64 Ki characters of all texts together.
 */
export function isLinkSpam(texts: readonly string[]): boolean {
  if (!hasLinks(texts)) return false;
  let links = 0;
  let promoted = 0;
  for (const text of texts) {
    let before = '';
    for (const piece of piecesOf(text, MAX_CHARACTERS / texts.length)) {
      const found = count(piece, LINK);
      links += found;
      if (found > 0 && !MACHINE_LINES.some((machine) => machine.test(piece))) {
        const isBare = piece.replace(LINK, '').trim().length < 4;
        promoted += isPromotion(isBare ? before : piece, found)
          ? found
          : Math.min(found, count(piece, FORUM_LINK));
      }
      before = found > 0 ? '' : piece;
    }
  }
  return promoted >= MIN_LINKS && promoted * 2 >= links;
}

/** For most texts all the work there is: a search for a few characters. */
function hasLinks(texts: readonly string[]): boolean {
  let found = 0;
  for (const text of texts) {
    for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
      found += 1;
      if (found === MIN_LINKS) return true;
    }
  }
  return false;
}

function* piecesOf(text: string, most: number): Generator<string> {
  const half = Math.floor(most / 2);
  const sample = text.length > most ? `${text.slice(0, half)}\n${text.slice(-half)}` : text;
  for (const line of sample.split('\n')) {
    if (line.trim() === '') continue;
    for (let at = 0; at < line.length; at += MAX_PIECE) yield line.slice(at, at + MAX_PIECE);
  }
}

/** Words in an address count as those beside it, because both are read. */
function isPromotion(piece: string, links: number): boolean {
  return count(piece, STRONG) > 0 || count(piece, WEAK) >= Math.max(2, links);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
