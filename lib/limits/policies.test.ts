import { describe, expect, it } from 'vitest';
import { callerRules, LIMIT_POLICIES, type LimitRule } from './policies';

const lists: (readonly LimitRule[])[] = Object.values(LIMIT_POLICIES).flatMap((policy) =>
  Object.values(policy),
);

describe('LIMIT_POLICIES', () => {
  it('allows something in every window', () => {
    expect(lists.length).toBeGreaterThan(20);
    for (const { points, seconds } of lists.flat()) {
      expect(points).toBeGreaterThan(0);
      expect(seconds).toBeGreaterThanOrEqual(60);
    }
  });

  // A counter is stored under the length of its window.
  it('has no two rules of one window in a list', () => {
    for (const rules of lists) {
      const windows = rules.map(({ seconds }) => seconds);
      expect(new Set(windows).size).toBe(windows.length);
    }
  });
});

describe('callerRules', () => {
  it('counts members by user where there are rules for them', () => {
    expect(callerRules('read-api', { isMember: true })).toEqual({
      by: 'user',
      rules: [{ points: 1_200, seconds: 60 }],
    });
    expect(callerRules('read-api', { isMember: false })).toEqual({
      by: 'address',
      rules: [{ points: 600, seconds: 60 }],
    });
  });

  it('counts all callers by address where the limit has no rules for members', () => {
    const byAddress = { by: 'address', rules: [{ points: 10, seconds: 600 }] };
    expect(callerRules('login', { isMember: true })).toEqual(byAddress);
    expect(callerRules('login', { isMember: false })).toEqual(byAddress);
  });

  it('limits anonymous callers too where only members are expected', () => {
    expect(callerRules('avatar', { isMember: false })).toEqual({
      by: 'address',
      rules: [{ points: 20, seconds: 3_600 }],
    });
  });
});
