import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isApiPath } from '@/lib/api/paths';
import { RSC_MARK_HEADER } from '@/lib/api/terminal-path';
import { env } from '@/lib/core/env';
import { admitRequest } from '@/lib/core/http/admit-request';
import { joinChunks } from '@/lib/core/http/join-chunks';
import { limitPageRequest } from '@/lib/core/http/limit-page-request';
import { RSC_HEADER } from '@/lib/core/http/next-headers';
import { recordPage } from '@/lib/core/http/page-route';
import { pathOf } from '@/lib/core/http/request-path';
import { setCommonHeaders } from '@/lib/core/http/security-headers';
import { rejectUnreadable } from '@/lib/core/http/unreadable-request';
import { perProcess } from '@/lib/core/per-process';
import { enterCallersSpan, enterRequestSpan } from '@/lib/core/tracing';
import { answerUndecodedAction } from './next-actions';
import { enterResponse } from './next-response';
import { renameInheritedParameters } from './query-names';

interface RequestStart {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

const tracking = perProcess('request-tracking', () => {
  subscribe('http.server.request.start', (message) => {
    const { request, response, server } = message as RequestStart;
    if (server.listenerCount('clientError') === 0) server.on('clientError', rejectUnreadable);
    response.on('error', () => {});
    setCommonHeaders(response);
    admitRequest(request);
    request.url = renameInheritedParameters(request.url ?? '/');
    answerUndecodedAction(request, response);
    const isBehindFront = env().FRONT_TOKEN !== undefined;
    if (isBehindFront) enterCallersSpan(request.headers);
    else enterRequestSpan(request.headers);
    if (!isApiPath(pathOf(request.url ?? '/'))) {
      // Behind a front, that one has recorded it.
      if (!isBehindFront) recordPage(request, response);
      limitPageRequest(request, response);
    }
    joinChunks(request);
    if (request.headers[RSC_HEADER] !== undefined) request.headers[RSC_MARK_HEADER] = '1';
    enterResponse(response);
  });
  return true;
});

/** Call once when the Next server starts: admits each request, limits it and keeps its response for the page. */
export function trackRequests(): void {
  tracking.get();
}
