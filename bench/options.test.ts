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

  it('measures growth, or against another version, at any scale', () => {
    expect(parse('--growth').instead).toEqual({ growth: true });
    expect(parse('--smoke', '--growth')).toMatchObject({ scale: 'smoke', instead: { growth: true } });
    expect(parse('--against', '../old').instead).toEqual({ against: '../old' });
    expect(parse('--against', '../old', '--quick')).toMatchObject({
      scale: 'quick',
      instead: { against: '../old' },
    });
    expect(parse()).not.toHaveProperty('instead');
  });

  it.each([
    ['--growth', 'raw'],
    ['raw', '--against', '../old'],
  ])('rejects %j with %j', (...args) => {
    expect(() => parse(...args)).toThrow('--growth and --against cannot be combined with names.');
  });

  it.each([[['--against']], [['--against', '']], [['--against', '--quick']]])('rejects %j', (args) => {
    expect(() => parse(...args)).toThrow('--against needs the folder of a built checkout.');
  });

  it.each(['pages', '--raw', '--fast', '', '-', '--', 'toString'])('rejects %j', (arg) => {
    expect(() => parse(arg)).toThrow(
      `There is nothing called ${arg}: use --quick, --smoke, or raw, page, page-owner, memory.`,
    );
  });
});
