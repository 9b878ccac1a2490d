import { describe, expect, it } from 'vitest';
import { terminalRecipe } from './terminal-recipe';

const URL = 'https://paste.example/abc';

describe('terminalRecipe', () => {
  it('fetches and decrypts', () => {
    expect(terminalRecipe(URL, { key: 'KEY', hasLock: false, doesBurn: false })).toBe(
      [
        "echo 'KEY' > key.txt",
        'curl -fsS https://paste.example/abc/raw -o paste.age',
        'age -d -i key.txt paste.age | tar x',
      ].join('\n'),
    );
  });

  it('opens the lock, and reveals with a proof', () => {
    const recipe = terminalRecipe(URL, { key: 'KEY', hasLock: true, doesBurn: true });
    expect(recipe).toContain('https://paste.example/abc/lock');
    expect(recipe).toContain('https://paste.example/api/v1/pastes/abc/reveal');
    expect(recipe).not.toContain('/raw');
  });
});
