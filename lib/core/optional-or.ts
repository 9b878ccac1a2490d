import type { z } from 'zod';

/**
 * As `schema.default(value)`, but without `default` in the API document: openapi-typescript requires such
 * properties of a request.
 */
export function optionalOr<Output, Input>(schema: z.ZodType<Output, Input>, value: Output) {
  return schema.optional().transform((given) => given ?? value);
}
