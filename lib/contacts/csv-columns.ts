import type { EntryFields } from './import-entry';

export const COLUMNS_OF_BIRTHDAY = ['birth_year', 'birth_month', 'birth_day'] as const;

export type Column =
  | keyof EntryFields
  | (typeof COLUMNS_OF_BIRTHDAY)[number]
  | 'middle_name'
  | 'whole_name'
  | 'company'
  | 'labels';

/** Column names of our export, Google, Outlook, Thunderbird and Roundcube, the primary one first. */
export const COLUMNS: Record<Column, readonly string[]> = {
  first_name: ['first name', 'given name', 'имя'],
  middle_name: ['middle name', 'additional name', 'отчество'],
  last_name: ['last name', 'family name', 'surname', 'фамилия'],
  whole_name: ['name', 'full name', 'display name', 'file as', 'полное имя'],
  company: ['organization name', 'organization 1 - name', 'company', 'организация'],
  emails: [
    'email',
    'e-mail',
    'e-mail address',
    'email address',
    'primary email',
    ...numbered('e-mail'),
    'e-mail 2 address',
    'e-mail 3 address',
    'secondary email',
    'email home',
    'email work',
    'email other',
    'адрес эл. почты',
    'адрес 2 эл. почты',
    'адрес 3 эл. почты',
    'электронная почта',
    'эл. почта',
    'почта',
    'адрес электронной почты',
  ],
  phones: [
    'phone',
    'phone number',
    'mobile phone',
    'mobile number',
    'mobile',
    'home mobile',
    'primary phone',
    ...numbered('phone'),
    'home phone',
    'home phone 2',
    'business phone',
    'business phone 2',
    'work phone',
    'other phone',
    'телефон переносной',
    'мобильный телефон',
    'мобильный',
    'телефон',
    'номер телефона',
    'основной телефон',
    'домашний телефон',
    'рабочий телефон',
    'телефон дом. 2',
    'телефон раб. 2',
    'другой телефон',
    'car phone',
    'company main phone',
    "assistant's phone",
    'radio phone',
    'callback',
    'home fax',
    'business fax',
    'work fax',
    'other fax',
    'fax',
    'fax number',
    'pager',
    'pager number',
    'факс',
    'рабочий факс',
    'домашний факс',
    'пейджер',
  ],
  birthday: ['birthday', 'birth date', 'date of birth', 'день рождения', 'дата рождения'],
  birth_year: ['birth year'],
  birth_month: ['birth month'],
  birth_day: ['birth day'],
  info: [
    'info',
    'notes',
    'note',
    'comment',
    'comments',
    'заметки',
    'заметка',
    'комментарий',
    'примечание',
    'примечания',
  ],
  favorite: ['favorite'],
  labels: ['labels', 'group membership', 'categories', 'категории'],
};

export const KNOWN_NAMES: ReadonlySet<string> = new Set(Object.values(COLUMNS).flat());

/** A table needs at least one of these columns. */
export const NAMING = ['first_name', 'last_name', 'whole_name', 'emails'] as const;

/** Google's numbered columns; a file has as many as its fullest contact needs. */
function numbered(name: 'e-mail' | 'phone'): string[] {
  return Array.from({ length: 20 }, (_, index) => `${name} ${index + 1} - value`);
}
