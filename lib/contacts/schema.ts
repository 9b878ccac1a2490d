import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { now } from '../core/clock';
import { emailSchema } from '../core/email-schema';
import { listOf, pageLimit, pageOf } from '../core/page-schema';
import { MAX_ENTRY_VALUES, MAX_GIVEN_VALUES } from './import-limits';

/** Possible duplicates of one name that are listed, and dismissed, at once. */
export const MAX_IN_GROUP = 200;
export const MAX_CONTACT_NAME_LENGTH = 50;
export const MAX_INFO_LENGTH = 500;
/** Longer than any contact's name, email address and phone number together. */
export const MAX_SEARCH_LENGTH = 500;
export const MAX_BIRTHDAY_DAYS = 366;
/** Earlier dates are typing errors, or placeholders for no date: 1601-01-01 of Windows, 1604 of Apple. */
export const EARLIEST_BIRTHDAY = '1800-01-01';
// Limits of work, which the document of the API does not mention.
const MAX_INPUT = 2_000;
const MAX_SEARCH_INPUT = 20_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const PHONE = /^\+?\d{10,15}$/;
/** Usual punctuation in phone numbers: `+44 (20) 7946-0958`. */
const PHONE_PUNCTUATION = /[\s().\u2010-\u2015-]/g;
/** Invisible characters that numbers copied from a page may contain. */
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const nameSchema = z
  .string()
  .refine((text) => !CONTROL.test(text), 'control_characters')
  .refine((text) => text.isWellFormed(), 'not_unicode')
  .transform((text) => text.trim())
  .refine((text) => [...text].length <= MAX_CONTACT_NAME_LENGTH, 'contact_name_too_long');

const firstNameSchema = nameSchema
  .refine((text) => text !== '', 'first_name_missing')
  .meta({ description: `1 to ${MAX_CONTACT_NAME_LENGTH} characters.`, example: 'Ada' });

const lastNameSchema = nameSchema.meta({
  description: `Up to ${MAX_CONTACT_NAME_LENGTH} characters.`,
  example: 'Lovelace',
});

const phoneSchema = z
  .string()
  .refine((text) => text.length <= MAX_INPUT, 'phone_invalid')
  .transform((text) => text.replace(PHONE_PUNCTUATION, '').replace(DIRECTION_MARKS, ''))
  .refine((text) => PHONE.test(text), 'phone_invalid')
  .meta({ description: '10 to 15 digits, with or without a leading plus sign.', example: '+442079460958' });

const birthdaySchema = z.iso
  .date({ error: 'birthday_invalid', abort: true })
  .refine((text) => text >= EARLIEST_BIRTHDAY && text <= latestToday(), 'birthday_not_past')
  .meta({ description: `A date from ${EARLIEST_BIRTHDAY} to today, \`YYYY-MM-DD\`.`, example: '1990-12-10' });

const infoSchema = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, '\n'))
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'not_unicode')
  .refine((text) => [...text].length <= MAX_INFO_LENGTH, 'info_too_long')
  .meta({ description: `Notes, up to ${MAX_INFO_LENGTH} characters; may have several lines.` });

/** The latest date that is today in some time zone. */
function latestToday(): string {
  return DateTime.fromJSDate(now(), { zone: 'Pacific/Kiritimati' }).toISODate() ?? '';
}

const fields = {
  first_name: firstNameSchema,
  last_name: lastNameSchema.nullable().optional(),
  email: emailSchema.nullable().optional(),
  phone: phoneSchema.nullable().optional(),
  birthday: birthdaySchema.nullable().optional(),
  info: infoSchema.nullable().optional(),
  favorite: z.boolean().optional(),
};

export const contactSchema = z
  .object({
    id: z.uuid().meta({ readOnly: true }),
    first_name: z.string(),
    last_name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    birthday: z.iso.date().nullable(),
    info: z.string(),
    favorite: z.boolean(),
    created_at: z.iso.datetime().meta({ readOnly: true }),
    updated_at: z.iso.datetime().meta({ readOnly: true }),
  })
  .meta({ id: 'Contact' });

export type ContactDto = z.output<typeof contactSchema>;

/** What a client that sends back a contact cannot change. */
export const CONTACT_READ_ONLY = ['id', 'created_at', 'updated_at'] as const;
const readOnly = contactSchema.pick({ id: true, created_at: true, updated_at: true }).partial().shape;

export const contactInputSchema = z.strictObject(fields).meta({ id: 'ContactInput' });

export const replaceContactSchema = z.strictObject({ ...fields, ...readOnly }).meta({
  id: 'ReplaceContact',
  description: 'Read-only fields may have their current values: a contact can be sent back as it was read.',
});

export const contactPatchSchema = z
  .strictObject({ ...fields, ...readOnly, first_name: firstNameSchema.optional() })
  .refine(
    ({ id: _id, created_at: _created, updated_at: _updated, ...body }) =>
      Object.values(body).some((value) => value !== undefined),
    'nothing_to_change',
  )
  .meta({ id: 'ContactPatch', description: 'Read-only fields may have their current values.' });

export const favoriteSchema = z.strictObject({ favorite: z.boolean() }).meta({ id: 'Favorite' });

export type ContactInput = z.output<typeof contactInputSchema>;
export type ReplaceContact = z.output<typeof replaceContactSchema>;
export type ContactPatch = z.output<typeof contactPatchSchema>;

export const contactPageSchema = pageOf(contactSchema, 'ContactPage');

export const listContactsSchema = z.strictObject({
  search: z
    .string()
    .refine((text) => text.length <= MAX_SEARCH_INPUT, 'invalid')
    .refine((text) => !text.includes('\0'), 'nul')
    .optional()
    .meta({
      description: `Any part of a name, an email address or a phone number, matched literally. A text of more than ${MAX_SEARCH_LENGTH} characters matches nothing.`,
    }),
  favorite: z
    .stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })
    .optional()
    .meta({ type: 'boolean' }),
  limit: pageLimit,
  cursor: z.string().max(1_000).optional(),
});

export type ListContacts = z.output<typeof listContactsSchema>;

export const birthdaysSchema = z.strictObject({
  days: z
    .string()
    .regex(/^\d{1,3}$/, 'days_unknown')
    .transform(Number)
    .refine((days) => days <= MAX_BIRTHDAY_DAYS, 'days_unknown')
    .default(7)
    .meta({ type: 'integer', minimum: 0, maximum: MAX_BIRTHDAY_DAYS, default: 7 }),
  tz: z
    .string()
    .max(64, 'zone_unknown')
    .refine((zone) => IANAZone.isValidZone(zone), 'zone_unknown')
    .default('UTC')
    .meta({ description: 'The IANA time zone that decides which day is today.', example: 'Europe/Paris' }),
});

export type Birthdays = z.output<typeof birthdaysSchema>;

export const upcomingBirthdaySchema = contactSchema
  .extend({ next_birthday: z.iso.date(), turns: z.number().int() })
  .meta({ id: 'Birthday' });

export type BirthdayDto = z.output<typeof upcomingBirthdaySchema>;

export const birthdayListSchema = listOf(upcomingBirthdaySchema, 'BirthdayList');

/** A contact like "My dentist" is starred when it gets its name. */
export function isStarredByName(firstName: string): boolean {
  return firstName.startsWith('My ');
}

/** Values for the messages of `errors.*`. */
export const CONTACT_LIMIT_VALUES = {
  maxContactName: MAX_CONTACT_NAME_LENGTH,
  maxInfo: MAX_INFO_LENGTH,
  maxDays: MAX_BIRTHDAY_DAYS,
  maxEntryValues: MAX_ENTRY_VALUES,
  maxGivenValues: MAX_GIVEN_VALUES,
};
