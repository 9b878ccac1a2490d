import { renderView } from './render-view';
import type { ViewAnswer, ViewRequest } from './view-messages';

self.addEventListener('message', async ({ data }: MessageEvent<ViewRequest>) => {
  const answer: ViewAnswer = await renderView(data).catch(() => ({ number: data.number }));
  self.postMessage(answer);
});
