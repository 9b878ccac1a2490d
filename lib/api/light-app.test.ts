import { describe, expect, it } from 'vitest';
import { api } from './app';
import { isLightPath, lightApi } from './light-app';

type Route = (typeof api.routes)[number];

/** Handlers of a path, without what every request passes. */
function routesOf(app: typeof api): string[] {
  const isOwn = ({ method, path }: Route) => method !== 'ALL' && !path.includes('*');
  return [...new Set(app.routes.filter(isOwn).map(({ method, path }) => `${method} ${path}`))].sort();
}

const pathOf = (route: string) => (route.split(' ')[1] ?? '').replace(/:\w+/g, 'abc');

describe('the light app', () => {
  it('has each route of its paths that the whole app has, and no other', () => {
    const routes = routesOf(lightApi);
    expect(routes.length).toBeGreaterThan(6);
    expect(routesOf(api).filter((route) => isLightPath(pathOf(route)))).toEqual(routes);
  });

  it('is not asked for paths of others', () => {
    for (const path of [
      '/api',
      '/api/v1/pastes',
      '/abc',
      '/abc/raw/1/2',
      '/abc/reveal',
      '/raw/abc',
      '/documents/abc',
    ]) {
      expect([path, isLightPath(path)]).toEqual([path, false]);
    }
  });
});
