import { renderView } from './render-view';
import type { ViewRequest } from './view-messages';

self.addEventListener('message', async ({ data }: MessageEvent<ViewRequest>) => {
  self.postMessage(await renderView(data));
});
