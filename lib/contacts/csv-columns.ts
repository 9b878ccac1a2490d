import { COLUMN_TARGETS, type ColumnTarget } from './import-reading';

/** A column as it is read: more than its target says if the header is known. */
export type ColumnKind =
  | ColumnTarget
  | 'birth_year'
  | 'birth_month'
  | 'birth_day'
  /** Goes to the notes, or names a contact that has no other name. */
  | 'company'
  | 'nickname'
  /** Groups, of which "starred" is not a note. */
  | 'labels'
  /** The kind of the value in the next column: "Home". */
  | 'value_label';

/**
 * Column names of our export and API, of Google, Outlook, Thunderbird, Roundcube, Yahoo and LinkedIn, in English,
 * German, Russian, French, Spanish and Italian. Case, blanks and punctuation do not matter. Of several columns of
 * a kind, the one that is listed first has the primary value.
 */
const NAMES: Record<Exclude<ColumnKind, 'value_label'>, readonly string[]> = {
  first_name: [
    ...['first name', 'given name', 'forename', 'fname', 'first', 'given', 'имя', 'vorname', 'rufname'],
    ...['prénom', 'nombre', 'nome', 'nome proprio', 'nombre de pila'],
  ],
  middle_name: [
    ...['middle name', 'middle names', 'additional name', 'middle', 'mname', 'second name', 'middle initial'],
    ...['отчество', 'weitere vornamen', 'zweiter vorname', 'deuxième prénom', 'segundo nombre'],
  ],
  last_name: [
    ...[
      'last name',
      'family name',
      'surname',
      'lname',
      'last',
      'family',
      'фамилия',
      'nachname',
      'familienname',
    ],
    ...['zuname', 'nom', 'nom de famille', 'apellidos', 'apellido', 'cognome'],
  ],
  prefix: [
    ...['name prefix', 'prefix', 'salutation', 'honorific', 'honorific prefix', 'anrede', 'namenspräfix'],
    ...['обращение', 'civilité', 'tratamiento'],
  ],
  suffix: ['suffix', 'name suffix', 'honorific suffix', 'generation', 'суффикс', 'namenssuffix', 'suffixe'],
  name: [
    ...['name', 'full name', 'fullname', 'contact name', 'contact', 'display name', 'display as', 'file as'],
    ...['person', 'полное имя', 'имя и фамилия', 'фио', 'контакт', 'отображаемое имя', 'anzeigename'],
    ...['vollständiger name', 'kontakt', 'nom complet', 'nombre completo', 'nome completo'],
  ],
  company: [
    ...[
      'organization name',
      'organization 1 - name',
      'company',
      'company name',
      'organization',
      'organisation',
    ],
    ...['business', 'employer', 'firma', 'unternehmen', 'организация', 'компания', 'société', 'entreprise'],
    ...['empresa', 'azienda'],
  ],
  nickname: ['nickname', 'nick name', 'nick', 'spitzname', 'псевдоним', 'surnom', 'apodo', 'soprannome'],
  email: [
    ...['email', 'e-mail address', 'primary email', 'mail', 'email id', 'contact email', 'main email'],
    ...['e-mail-adresse', 'mailadresse', 'адрес эл. почты', 'адрес электронной почты', 'электронная почта'],
    ...['эл. почта', 'почта', 'имейл', 'e-mail privat', 'courriel', 'adresse e-mail', 'adresse électronique'],
    ...['correo', 'correo electrónico', 'indirizzo email', 'posta elettronica'],
    ...['email 1', 'email address 1', 'home email', 'email home', 'personal email', 'private email'],
    ...['work email', 'email work', 'business email', 'e-mail geschäftlich', 'личная почта', 'рабочая почта'],
    ...['secondary email', 'other email', 'email other', 'alternate email', 'alternate email 1'],
  ],
  phone: [
    ...['phone', 'phone number', 'mobile phone', 'mobile number', 'mobile', 'cell', 'cell phone'],
    ...['cellphone number', 'cell number', 'mobile telephone', 'home mobile', 'primary phone', 'main phone'],
    ...['telephone', 'telephone number', 'tel', 'phone no', 'contact number', 'number', 'whatsapp', 'handy'],
    ...['mobiltelefon', 'mobilnummer', 'handynummer', 'mobil', 'telefon', 'telefonnummer', 'rufnummer'],
    ...['телефон переносной', 'мобильный телефон', 'мобильный', 'сотовый', 'сотовый телефон', 'телефон'],
    ...[
      'номер телефона',
      'номер',
      'основной телефон',
      'téléphone',
      'téléphone mobile',
      'portable',
      'teléfono',
    ],
    ...['teléfono móvil', 'móvil', 'celular', 'telefono', 'cellulare', 'numero di telefono'],
    ...[
      'home phone',
      'home',
      'phone home',
      'home telephone',
      'home phone 2',
      'home number',
      'telefon privat',
    ],
    ...['telefon (privat)', 'festnetz', 'домашний телефон', 'домашний', 'business phone', 'business phone 2'],
    ...['work phone', 'work', 'phone work', 'work number', 'office phone', 'telefon geschäftlich'],
    ...['telefon (geschäftlich)', 'рабочий телефон', 'рабочий', 'телефон дом. 2', 'телефон раб. 2'],
    ...['other phone', 'phone other', 'secondary phone', 'другой телефон', 'weiteres telefon', 'car phone'],
    ...['company main phone', "assistant's phone", 'radio phone', 'callback', 'home fax', 'business fax'],
    ...['work fax', 'other fax', 'fax', 'fax number', 'pager', 'pager number', 'факс', 'рабочий факс'],
    ...['домашний факс', 'пейджер', 'faxnummer', 'fax geschäftlich', 'fax privat'],
  ],
  birthday: [
    ...['birthday', 'birth date', 'birthdate', 'date of birth', 'dob', 'bday', 'born', 'день рождения'],
    ...['дата рождения', 'geburtstag', 'geburtsdatum', 'anniversaire', 'date de naissance', 'cumpleaños'],
    ...['fecha de nacimiento', 'compleanno', 'data di nascita'],
  ],
  birth_year: ['birth year', 'geburtsjahr', 'год рождения'],
  birth_month: ['birth month', 'geburtsmonat'],
  birth_day: ['geburtstag (tag)'],
  notes: [
    ...['info', 'notes', 'note', 'comment', 'comments', 'remarks', 'заметки', 'заметка', 'комментарий'],
    ...['примечание', 'примечания', 'notizen', 'notiz', 'bemerkung', 'bemerkungen', 'kommentar'],
    ...['remarques', 'commentaire', 'commentaires', 'notas', 'comentarios'],
  ],
  favorite: ['favorite', 'favourite', 'is favorite', 'starred', 'favorit', 'избранное'],
  labels: ['labels', 'group membership', 'categories', 'category', 'категории', 'kategorien', 'groups'],
  // Nothing that a person has written.
  skip: [
    ...['id', 'uid', 'uuid', 'photo', 'priority', 'sensitivity', 'private', 'created at', 'updated at'],
    ...['приоритет', 'частное', 'пометка', 'priorität', 'privat', 'vertraulichkeit'],
  ],
};

/** "E-mail 2 - Value", "E-mail 3 Address", "Phone 2 - Value", "адрес 2 эл. почты". */
const NUMBERED: readonly [RegExp, ColumnKind][] = [
  [/^(?:e?mail(?:address)?\d{1,2}(?:value|address)?|адрес\d{1,2}элпочты|email?adresse?\d{1,2})$/, 'email'],
  [/^(?:phone|telephone|telefon|mobile|mobilephone|телефон)(?:number)?\d{1,2}(?:value)?$/, 'phone'],
  [
    /^(?:e?mail|phone|address|website|event|relation|customfield|im|instantmessage)\d{1,2}(?:label|type)$/,
    'value_label',
  ],
  [/^e?mail\d{1,2}(?:type|displayname)$/, 'skip'],
];
/** Outlook's header of an email address's display name and type. */
const EMAIL_DETAILS = /^email\d?(?:type|displayname)$/;

/** Longer headers are not known: normalizing takes quadratic time on runs of combining marks. */
const MAX_KNOWN_HEADER = 200;

const KNOWN = new Map<string, { kind: ColumnKind; rank: number }>();
for (const [kind, names] of Object.entries(NAMES) as [ColumnKind, readonly string[]][]) {
  for (const [rank, name] of names.entries()) KNOWN.set(headerKey(name), { kind, rank });
}

/** Greater than every rank of a listed name. */
const NUMBERED_RANK = 1_000;
/** Words of a prefix; a column "Title" of other words has job titles. */
const PREFIX = /^(?:mrs?|ms|miss|mx|dr|prof|professor|sir|herr|frau|г-?н|г-?жа)\b\.?/iu;

const FORMATTED = /^(address\d{1,2})formatted$/;
const ADDRESS_PART = /^(address\d{1,2})(?:street|city|pobox|region|postalcode|country|extendedaddress)$/;

export interface Column {
  kind: ColumnKind;
  /** Among the columns of its kind; the smallest has the primary value. */
  rank: number;
}

/** Equal for headers that differ in case, blanks and punctuation only. */
export function headerKey(header: string): string {
  return header
    .trim()
    .slice(0, MAX_KNOWN_HEADER)
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

export function knownKind(header: string): Column | null {
  const key = headerKey(header);
  const known = KNOWN.get(key);
  if (known) return known;
  if (EMAIL_DETAILS.test(key)) return { kind: 'skip', rank: 0 };
  const numbered = NUMBERED.find(([pattern]) => pattern.test(key));
  if (!numbered) return null;
  return { kind: numbered[1], rank: NUMBERED_RANK + Number(/\d+/.exec(key)?.[0] ?? 0) };
}

/**
 * The kinds of the columns of a table, the unknown ones as notes.
 * @param firstCells the cells of the first row after the header
 */
export function readHeader(header: readonly string[], firstCells: readonly string[]): Column[] {
  const columns: Column[] = header.map((name) => knownKind(name) ?? { kind: 'notes', rank: NUMBERED_RANK });
  const keys = header.map(headerKey);
  const names = new Set(keys);
  const hasKind = (kind: ColumnKind) => columns.some((column) => column.kind === kind);
  for (const [place, key] of keys.entries()) {
    // German programs call the last name "Name".
    if (key === 'name' && names.has('vorname') && !hasKind('last_name')) {
      columns[place] = { kind: 'last_name', rank: 0 };
    }
    // Thunderbird's "Birth Day" beside "Birth Month".
    if (key === 'birthday' && hasKind('birth_month')) columns[place] = { kind: 'birth_day', rank: 0 };
    if (key !== 'title' || hasKind('prefix')) continue;
    const isPrefix = PREFIX.test(firstCells[place]?.trim() ?? '') || names.has('jobtitle');
    if (isPrefix) columns[place] = { kind: 'prefix', rank: 0 };
  }
  // Google writes an address whole and in parts.
  const wholes = new Set(
    keys.filter((key) => FORMATTED.test(key)).map((key) => key.replace(FORMATTED, '$1')),
  );
  for (const [place, key] of keys.entries()) {
    const part = ADDRESS_PART.exec(key);
    if (part?.[1] !== undefined && wholes.has(part[1])) columns[place] = { kind: 'skip', rank: 0 };
  }
  return columns;
}

export function targetOf(kind: ColumnKind): ColumnTarget {
  if (kind.startsWith('birth_')) return 'birthday';
  if (kind === 'value_label') return 'skip';
  return COLUMN_TARGETS.find((target) => target === kind) ?? 'notes';
}

/** A table needs at least one column of these kinds. */
export const NAMING: readonly ColumnKind[] = ['first_name', 'last_name', 'name', 'email'];
