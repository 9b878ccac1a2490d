import { describe, expect, it } from 'vitest';
import { runToEnd } from '../core/time-slicing';
import { guessDayOrder, readDay } from './calendar-day';

describe('readDay', () => {
  it.each([
    ['1990-12-09', '1990-12-09'],
    ['1990-12-09 00:00:00', '1990-12-09'],
    ['1990/2/9', '1990-02-09'],
    ['9.2.1990', '1990-02-09'],
    ['31/12/1990', '1990-12-31'],
    ['0/0/00', undefined],
    ['00.00.0000', undefined],
    ['0000-00-00', undefined],
    ['--12-09', undefined],
    [' ', undefined],
    ['9.2.90', '9.2.90'],
    ['tomorrow', 'tomorrow'],
    ['1990-02-30', '1990-02-30'],
  ])('reads %j as %j', (text, expected) => {
    expect(readDay(text)).toBe(expected);
  });

  it('reads month-first dates', () => {
    expect(readDay('2/9/1990', 'month_first')).toBe('1990-02-09');
  });
});

describe('guessDayOrder', () => {
  it.each([
    [['2/9/1990', '13/9/1990'], 'day_first'],
    [['2/9/1990', '9/13/1990'], 'month_first'],
    [['2/9/1990'], 'month_first'],
    [['2.9.1990'], 'day_first'],
    [['1990-12-31', '1990/12/31'], 'day_first'],
    [[], 'day_first'],
  ])('detects in %j: %s', (texts, expected) => {
    expect(runToEnd(guessDayOrder(texts)).order).toBe(expected);
  });
});
