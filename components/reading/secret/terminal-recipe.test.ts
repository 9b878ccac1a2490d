import { describe, expect, it } from 'vitest';
import en from '@/lib/core/i18n/messages/en.json';
import ru from '@/lib/core/i18n/messages/ru.json';
import { terminalRecipe } from './terminal-recipe';

const URL = 'https://paste.example/abc';

describe('terminalRecipe', () => {
  it('fetches, and decrypts into a new folder', () => {
    expect(terminalRecipe(URL, { key: 'KEY', hasLock: false, doesBurn: false })).toBe(
      [
        'umask 077',
        'cd "$(mktemp -d ./sheaf-XXXXXX)" && mkdir opened',
        "echo 'KEY' > key.txt",
        'curl -fsS https://paste.example/abc/raw -o paste.age',
        'age -d -i key.txt paste.age | tar -xf - -C opened',
      ].join('\n'),
    );
  });

  it('opens the lock, and reveals with a proof', () => {
    const recipe = terminalRecipe(URL, { key: 'KEY', hasLock: true, doesBurn: true });
    expect(recipe).toContain('https://paste.example/abc/lock');
    expect(recipe).toContain('https://paste.example/api/v1/pastes/abc/reveal');
    expect(recipe).not.toContain('/raw');
    expect(recipe.startsWith('umask 077\ncd ')).toBe(true);
    expect(recipe.endsWith(' | tar -xf - -C opened')).toBe(true);
  });

  it.each([en, ru])('asks for the key without the place after it', ({ secretPage }) => {
    expect(secretPage.recipeKey).toMatch(/AGE-SECRET-KEY-1.*&/);
  });
});
