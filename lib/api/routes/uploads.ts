import { z } from 'zod';
import { MAX_FILES } from '../../pastes/schema';
import { createSecretPasteSchema } from '../../pastes/secret-schema';
import type { ApiApp } from '../context';
import { headersOf } from '../openapi-headers';
import { addRoute } from '../route';
import { createRejections, pasteKeyHeader, postUpload } from './create-paste';
import { terminalOptionsSchema } from './terminal';

const formSchema = z
  .object({
    file: z
      .array(z.string().meta({ format: 'binary' }))
      .min(1)
      .max(MAX_FILES),
  })
  .meta({ description: 'Only parts named `file`, each with an optional file name.' });

/** A create that takes files as they are, an operation of its own: its response is a text, not a paste. */
export function addUploadRoute(app: ApiApp): void {
  addRoute(app, {
    method: 'post',
    path: '/api/v1/uploads',
    operationId: 'uploadPaste',
    summary: 'Create a paste from a text or files; the response is its link as plain text',
    description:
      'A form with `file` parts, or a body of any other media type, JSON included: the text of one file. Settings are query parameters. The form of a secret paste is taken as by `POST /pastes`.',
    scope: 'pastes:write',
    request: {
      query: terminalOptionsSchema,
      headers: pasteKeyHeader,
      body: {
        required: true,
        content: {
          'text/plain': { schema: z.string().meta({ example: "console.log('hello')\n" }) },
          'multipart/form-data': { schema: z.union([formSchema, createSecretPasteSchema]) },
        },
      },
    },
    responses: {
      201: {
        description: 'The link and a newline',
        headers: headersOf('Location', 'ETag', 'X-Edit-Key?', 'X-Warnings?', 'Idempotent-Replayed?'),
        content: {
          'text/plain': { schema: z.string(), example: 'https://sheaf.example/7hPq3nXv9KdR\n' },
        },
      },
      ...createRejections,
    },
    limit: 'change-pastes',
    handle: postUpload,
  });
}
