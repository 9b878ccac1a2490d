import { UPLOAD_HEADER } from './upload-header';

export type UploadAnswer =
  | { kind: 'saved'; href: string }
  | { kind: 'page'; html: string }
  | { kind: 'failed' }
  | { kind: 'cancelled' };

export interface Upload {
  answer: Promise<UploadAnswer>;
  cancel: () => void;
}

const ANSWER_WITHIN_MS = 120_000;

/** Posts a form as the browser itself would, telling how much of it has gone, from 0 to 1. */
export function uploadForm(form: FormData, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const answer = new Promise<UploadAnswer>((resolve) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total && loaded / total));
    request.upload.addEventListener('load', () => {
      onProgress(1);
      request.timeout = ANSWER_WITHIN_MS;
    });
    request.addEventListener('load', () => resolve(answerOf(request)));
    request.addEventListener('error', () => resolve({ kind: 'failed' }));
    request.addEventListener('timeout', () => resolve({ kind: 'failed' }));
    request.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
  });
  request.open('POST', window.location.href);
  request.setRequestHeader(UPLOAD_HEADER, '1');
  request.setRequestHeader('Accept', 'text/html');
  request.send(form);
  return { answer, cancel: () => request.abort() };
}

function answerOf({ responseURL, responseText, status }: XMLHttpRequest): UploadAnswer {
  const arrived = new URL(responseURL || window.location.href);
  if (arrived.searchParams.has('saved') && status < 400) {
    return { kind: 'saved', href: arrived.pathname + arrived.search };
  }
  return { kind: 'page', html: responseText };
}
