/*
 * Texts with many links. Their domains are reserved for examples; the sentences are written after what pastes of
 * spammers say.
 */

const url = (path: string, host = 'promo.example') => `https://${host}/${path}`;
const each = (items: readonly string[], line: (item: string, index: number) => string) =>
  items.map(line).join('\n');

const TITLES = ['The Long Road', 'Night Harbour', 'Paper Moons', 'Second Winter', 'Glass Island'];
const WORDS = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliett'];
const MANY = Array.from({ length: 200 }, (_, index) => `page-${index}`);

/** Texts that promote links. */
export const SPAM_SAMPLES: Readonly<Record<string, string>> = {
  'full movies': each(TITLES, (title, at) => `WATCH ${title} FULL MOVIE HD >> ${url(`m${at}`)}`),
  'full movies, links on their own line': each(
    TITLES,
    (title, at) => `${title} (2026) full movie online\n${url(`m${at}`)}\n`,
  ),
  'a casino': `Best online casino of 2026! ${url('a')}\n\nGet 200 free spins with no deposit: ${url('b')}\nJackpot every day ➡ ${url('c')}`,
  'a casino in HTML': each(
    WORDS,
    (word) => `<p>Play at <a href="${url(word)}">the best casino ${word}</a> today</p>`,
  ),
  'forum links': each(WORDS, (word) => `[url=${url(word)}]${word} shop[/url]`),
  pharmacy: each(WORDS, (word) => `Buy cheap ${word} and viagra without prescription ${url(word)}`),
  'one line': `Earn money online from home ${url('1')} no risk ${url('2')} sign up now ${url('3')} ${url('4')}`,
  followers: `Buy instagram followers ${url('ig')}\nBuy real likes ${url('likes')}\nBuy backlinks ${url('seo')}`,
  keys: each(
    ['Editor Pro', 'Video Maker', 'Disk Doctor'],
    (name) => `${name} 12.4 keygen + crack download ${url(name.toLowerCase().replace(' ', '-'))}`,
  ),
  loans: `Payday loans with bad credit: ${url('loan')}\nPersonal loans same day: ${url('day')}\n\nApply: ${url('apply')} hurry, limited offer`,
  dating: `Hot girls near you ${url('x')}\nAdult dating, 100% free: ${url('y')}\nSex chat ${url('z')}`,
  robux: `FREE ROBUX 2026 generator 👉 ${url('r')}\nfree gift card 👉 ${url('g')}\nfree v-bucks 👉 ${url('v')}`,
  signals: `Crypto signals with guaranteed profit ${url('s')}\nDouble your bitcoin ${url('d')}\nPassive income bot ${url('p')}`,
  escorts: each(WORDS, (word) => `* ${word} escorts: ${url(word)}`),
  'a padded text': `${'An ordinary sentence about the weather. '.repeat(30)}\n${each(WORDS, (word) => `cheap ${word} discount, buy now ${url(word)}`)}`,
  'after a long text': `${'An ordinary sentence about the weather.\n'.repeat(4_000)}${each(WORDS, (word) => `casino ${word} ${url(word)}`)}`,
  казино: `Лучшее онлайн казино ${url('k')}\nБездепозитный бонус и фриспины ${url('f')}\nРабочее зеркало: ${url('z')}`,
  заработок: `Заработок в интернете без вложений ${url('1')}\nПассивный доход ${url('2')}\nЖми и подпишись ${url('3')}`,
  кино: each(TITLES, (title, at) => `${title} смотреть онлайн бесплатно ${url(`k${at}`)}`),
  займы: each(WORDS, (word) => `Займ на карту без отказа за 5 минут — ${url(word)}`),
  дипломы: `Купить диплом ${url('d')}\nКупить аттестат ${url('a')}\nНедорого, гарантия, в наличии ${url('g')}`,
  накрутка: each(WORDS, (word) => `Накрутка подписчиков ${word}: ${url(word)}`),
  // Written to get past such rules.
  'letters in place of others': `C4sin0 b0nus ${url('a')}\nC4sin0 ${url('b')}\nV1agra ${url('c')}`,
  'another language': each(WORDS, (word) => `Kostenlos spielen und sofort gewinnen, ${word}: ${url(word)}`),
};

/** Texts with many links that promote none of them. */
export const LINK_RICH_SAMPLES: Readonly<Record<string, string>> = {
  'an access log': each(
    MANY,
    (page) =>
      `203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] "GET /${page} HTTP/1.1" 200 512 "${url(page, 'shop.example')}" "curl/8"`,
  ),
  'an application log': each(
    MANY,
    (page) => `2026-11-29T10:00:00Z INFO fetched ${url(page, 'casino.example')} cheap=true in 12 ms`,
  ),
  'a log of a crawler': each(MANY, (page) => `fetching ${url(page, 'docs.example')} ... ok`),
  'a list of addresses': each(MANY, (page) => url(page, 'docs.example')),
  'a blocklist of casinos': `# Casinos and free spins that we block\n${each(MANY, (page) => url(page, 'casino.example'))}`,
  bookmarks: `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n${each(TITLES, (title) => `<DT><A HREF="${url('watch', 'cinema.example')}">Full movies: ${title}</A>`)}\n</DL>`,
  'bookmarks in Markdown': `# Reading list\n\n${each(WORDS, (word) => `- [Notes about ${word}](${url(word, 'blog.example')})`)}`,
  'a list of links with titles': each(WORDS, (word) => `The ${word} handbook: ${url(word, 'books.example')}`),
  'a sitemap': `<?xml version="1.0"?>\n<urlset>\n${each(MANY, (page) => `  <url><loc>${url(page, 'shop.example')}</loc></url>`)}\n</urlset>`,
  'a feed': each(
    MANY,
    (page) => `<item><title>Discount and bonus</title><link>${url(page, 'news.example')}</link></item>`,
  ),
  'a table': `title,url,clicks\n${each(MANY, (page, at) => `Page ${at},${url(page, 'shop.example')},${at}`)}`,
  'a table with tabs': each(MANY, (page) => `cheap\tbonus\t${url(page, 'shop.example')}`),
  json: JSON.stringify(
    MANY.map((page) => ({ title: 'Casino', url: url(page, 'shop.example') })),
    null,
    2,
  ),
  code: each(
    WORDS,
    (word) => `const ${word} = await fetch('${url(word, 'api.example')}'); // cheap, click here`,
  ),
  'code with comments': each(
    WORDS,
    (word) => `// see ${url(word, 'docs.example')} for the bonus, it is cheap`,
  ),
  'a playlist': `#EXTM3U\n${each(WORDS, (word) => `#EXTINF:-1,${word}\n${url(word, 'radio.example')}`)}`,
  'a report of spam': `These pages copy our texts. The second one advertises a casino.\n\n${each(WORDS, (word) => `- ${url(word, 'copies.example')}`)}`,
  'a research note': `Online betting grew fast, see ${url('a', 'journal.example')}. Sources:\n${each(WORDS, (word) => `[${word}] ${word} et al., 2024. ${url(word, 'journal.example')}`)}`,
  'a shopping list': each(WORDS, (word) => `${word}: ${url(word, 'parts.example')} about 12 EUR`),
  'an email': `Hi Ada,\n\nthe draft is at ${url('draft', 'docs.example')}, the numbers at ${url('sheet', 'docs.example')}. Buy now or wait for the discount? Here is the offer: ${url('offer', 'parts.example')}\n\nGrace`,
  'a changelog': each(
    WORDS,
    (word, at) => `- Fix ${word} ([#${at}](${url(`issues/${at}`, 'code.example')}))`,
  ),
  'a post in a forum': `I compared three boards.\n[url=${url('a', 'one.example')}]The first[/url] is fast, but here are others that I tried:\n${each(WORDS, (word) => url(word, 'boards.example'))}`,
  'a manual of SSH': each(
    WORDS,
    (word) => `Make a key for ${word} with ssh-keygen: https://www.ssh.example/academy/ssh/keygen#${word}`,
  ),
  placeholders: each(WORDS, (word) => `curl -u ada:xxx https://xxx.example/${word}`),
  'a history of ships': each(WORDS, (word) => `The ${word} was escorted home: ${url(word, 'ships.example')}`),
  'оценки времени': each(
    WORDS,
    (word) => `Перенос ${word} займёт день, завтра им займусь: ${url(word, 'tasks.example')}`,
  ),
  'размеры сборки': each(
    WORDS,
    (word) => `${word} похудел на 12 КБ, крякозябры исчезли: ${url(word, 'builds.example')}`,
  ),
  ссылки: each(WORDS, (word) => `Заметки о ${word}: ${url(word, 'blog.example')}`),
};
