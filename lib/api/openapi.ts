import { forbidden, unauthorized } from './answers';
import type { ApiApp } from './context';
import { addRoute } from './route';

/** Adds the route of the document, which describes every route added with `addRoute`, itself included. */
export function addOpenApiRoute(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/openapi.json',
    operationId: 'getOpenApi',
    tags: ['Operation'],
    summary: 'This document',
    security: [{}],
    responses: {
      200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
      401: unauthorized,
      403: forbidden,
    },
    handle: async (c) => {
      const { describeApi } = await import('./openapi-document');
      return c.json(describeApi(app));
    },
  });
}
