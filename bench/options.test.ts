import { describe, expect, it } from 'vitest';
import { parseOptions } from './options';

const ALL = ['raw', 'page', 'page-owner', 'memory'];

const parse = (...args: string[]) => parseOptions(args, ALL);

describe('parseOptions', () => {
  it('measures everything without arguments', () => {
    expect(parse()).toEqual({ scale: 'full', names: ALL, isComplete: true });
    expect(parse('--quick')).toEqual({ scale: 'quick', names: ALL, isComplete: true });
  });

  it.each([
    [
      ['page', 'raw'],
      ['raw', 'page', 'page-owner'],
    ],
    [['page-owner'], ['page-owner']],
    [['mem', 'memory'], ['memory']],
  ])('%j chooses %j', (args, names) => {
    expect(parse(...args)).toEqual({ scale: 'full', names, isComplete: false });
  });

  it('takes a scale and names in any order', () => {
    expect(parse('raw', '--smoke')).toEqual({ scale: 'smoke', names: ['raw'], isComplete: false });
  });

  it.each(['pages', '--raw', '--fast', '', '-', '--', 'toString'])('rejects %j', (arg) => {
    expect(() => parse(arg)).toThrow(
      `There is nothing called ${arg}: use --quick, --smoke, or raw, page, page-owner, memory.`,
    );
  });
});
