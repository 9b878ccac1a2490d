import type { OpenAnswer, OpenRequest } from './open-messages';
import { createOpener } from './opener';

// Decrypts away from the page, which stays responsive.
const answer = createOpener();

self.addEventListener('message', async ({ data }: MessageEvent<OpenRequest>) => {
  const answered: OpenAnswer = await answer(data);
  self.postMessage(answered);
});
