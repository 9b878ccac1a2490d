export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { assertConfigured } = await import('./lib/startup');
  await assertConfigured();
  const { trackResponses } = await import('./lib/page-response');
  trackResponses();
  const { quietAborts } = await import('./lib/quiet-aborts');
  quietAborts();
  const { after } = await import('next/server');
  const { registerAfterResponse } = await import('./lib/after-response');
  registerAfterResponse(after);
}
