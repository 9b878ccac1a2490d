const LINE = 'const answer = 42; // two kilobytes of this\n';

/** A text of exactly this many bytes, in lines of code. */
export function textOf(bytes: number): string {
  return LINE.repeat(Math.ceil(bytes / LINE.length)).slice(0, bytes);
}

export const SMALL_TEXT = textOf(2_048);

interface SamplePaste {
  content: string;
  title?: string;
  visibility?: 'public' | 'unlisted';
}

/** Creates a paste over the API. @returns its slug */
export async function createPaste(
  origin: string,
  paste: SamplePaste,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await fetch(`${origin}/api/v1/pastes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ language: 'typescript', ...paste }),
  });
  if (response.status !== 201) {
    throw new Error(`Creating a sample failed: ${response.status} ${await response.text()}`);
  }
  return ((await response.json()) as { slug: string }).slug;
}
