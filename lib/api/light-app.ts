import { createApi } from './create-api';
import { addOperationRoutes } from './routes/operations';
import { addRawRoutes } from './routes/raw';

/**
 * Probes and raw text: what a new instance of a serverless host is asked for most, and needs little code for. They are
 * routes of `api` as well, which answers the same.
 */
export const lightApi = createApi(addRawRoutes, addOperationRoutes);

const LIGHT_PATH = /^\/(?:[^/]+\/(?:raw(?:\/[^/]+)?|download)|api\/(?:health|ready|metrics|cron\/sweep))$/;

/** Whether `lightApi` has the path, with each of its methods. */
export function isLightPath(pathname: string): boolean {
  return LIGHT_PATH.test(pathname);
}
