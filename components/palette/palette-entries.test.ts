import { expect, it } from 'vitest';
import { pageTextIn } from '@/lib/core/i18n/page-text';
import type { PaletteMessages } from '@/lib/core/i18n/palette-messages';
import { listCommands } from './commands';
import { entryToOpen, groupEntries, type PaletteResults, type PaletteSetup } from './palette-entries';

const words = { public: 'Public', searchPublic: 'Search' } as PaletteMessages;
const none: PaletteResults = { pastes: [], contacts: [] };
const namesOf = (text: string, commands: PaletteSetup['commands'], results = none) =>
  groupEntries(text, { commands, words, canBrowse: true }, results).map(({ name, entries }) => [
    name,
    ...entries.map(({ label }) => label),
  ]);

it('offers guests what they may do, and members more', () => {
  const text = pageTextIn('en');
  const commandsOf = (isMember: boolean, canBrowse = true) => listCommands({ isMember, canBrowse }, text);
  const [guest, member] = [commandsOf(false), commandsOf(true)];
  const labels = (commands: typeof guest) => commands.map(({ label }) => label);
  expect(labels(guest)).toContain('Sign in');
  expect(labels(guest)).not.toContain('Contacts');
  expect(labels(member)).toEqual(expect.arrayContaining(['Your pastes', 'Contacts', 'Settings', 'Sign out']));
  expect(labels(guest)).toContain('Explore');
  expect(labels(commandsOf(true, false))).not.toContain('Explore');
});

it('finds commands in any case, then results, then the public search', () => {
  const commands = [
    { label: 'New paste', href: '/' },
    { label: 'Explore', href: '/explore' },
  ];
  expect(namesOf('', commands)).toEqual([['commands', 'New paste', 'Explore']]);
  const found = { ...none, pastes: [{ label: 'Plan', href: '/abc', detail: 'Text' }] };
  expect(namesOf('PL', commands, found)).toEqual([
    ['pastes', 'Plan'],
    ['public', 'Search'],
  ]);
  expect(namesOf(' PA', commands, found)).toEqual([
    ['commands', 'New paste'],
    ['pastes', 'Plan'],
    ['public', 'Search'],
  ]);
  const [only] = groupEntries('a&b', { commands, words, canBrowse: true }, none);
  expect(only?.entries).toMatchObject([{ href: '/explore?q=a%26b', detail: 'a&b' }]);
  expect(groupEntries('a&b', { commands, words, canBrowse: false }, none)).toEqual([]);
});

it('waits for the results of the text before it opens anything but a command', () => {
  const commands = [{ label: 'Plain theme', href: '/plain' }];
  const setup = { commands, words, canBrowse: true };
  const waiting = groupEntries('plan', setup, none);
  expect(entryToOpen(waiting, { chosen: null, isSettled: false })).toBeNull();
  const search = waiting[0]?.entries[0];
  expect(entryToOpen(waiting, { chosen: search?.id ?? '', isSettled: false })).toBe(search);
  const found = { ...none, pastes: [{ label: 'Plan', href: '/abc', detail: 'Text' }] };
  expect(entryToOpen(groupEntries('plan', setup, found), { chosen: null, isSettled: true })).toMatchObject({
    href: '/abc',
  });
  expect(entryToOpen(groupEntries('plai', setup, none), { chosen: null, isSettled: false })).toMatchObject({
    href: '/plain',
  });
  expect(entryToOpen([], { chosen: null, isSettled: true })).toBeNull();
});
