import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { CheckField } from '@/components/ui/check-field';
import { NOT_POSTED } from './form-state';
import { FormContext } from './server-form';
import { unaskedFaults, unshownFaults } from './unshown-faults';

it('unshownFaults has the messages that are nowhere in the form', () => {
  const fields = { name: 'Enter a name.', ban_author: 'Only admins.', block_texts: 'Only admins.' };
  expect(unshownFaults(fields, 'Name Enter a name.')).toEqual(['Only admins.']);
  expect(unshownFaults(fields, 'Name Enter a name. Ban Only admins.')).toEqual([]);
  expect(unshownFaults({}, '')).toEqual([]);
});

it('unaskedFaults has the messages about fields that were not posted', () => {
  const posted = new FormData();
  posted.set('name', '');
  const fields = { name: 'Enter a name.', revision: 'It was changed.' };
  expect(unaskedFaults(fields, posted)).toEqual(['It was changed.']);
  expect(unaskedFaults({}, posted)).toEqual([]);
});

it('CheckField shows its fault', () => {
  const state = { ...NOT_POSTED, outcome: 'error' as const, fields: { ban_author: 'Only admins.' } };
  const field = createElement(CheckField, { name: 'ban_author', label: 'Ban', hint: 'Hint' });
  const html = renderToStaticMarkup(
    createElement(FormContext.Provider, { value: { state, isBusy: false } }, field),
  );
  const [, id] = /<p id="([^"]+-error)"[^>]*>Only admins\.</.exec(html) ?? [];
  expect(id).toBeDefined();
  expect(html).toMatch(new RegExp(`aria-invalid="true"[^>]*aria-describedby="[^"]*${id}"`));
});
