import { parseXml, XmlElement } from '@rgrove/parse-xml';
import type { StorageRefusal } from './refusal';
import { errorOf, type S3Error } from './s3-error';

/** A page of 1,000 keys takes about 300 KB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

export interface S3Listing {
  objects: { key: string; modifiedAt: Date }[];
  /** The continuation token of the next page, if there is one. */
  next: string | undefined;
}

export async function readError(response: Response): Promise<S3Error | StorageRefusal> {
  const root = await readXml(response).catch(() => undefined);
  return errorOf(response.status, (root && textOf(root, 'Code')) ?? '');
}

/** A page of ListObjectsV2 with `encoding-type=url`. */
export async function readListing(response: Response): Promise<S3Listing> {
  const root = await readXml(response);
  const objects = childrenOf(root, 'Contents').map((entry) => ({
    key: decodeKey(textOf(entry, 'Key') ?? ''),
    modifiedAt: parseDate(textOf(entry, 'LastModified') ?? ''),
  }));
  const next = textOf(root, 'NextContinuationToken');
  if (textOf(root, 'IsTruncated') !== 'true') return { objects, next: undefined };
  if (!next) throw new Error('The store did not say where its listing continues');
  return { objects, next };
}

/** Throws the first error among the results of DeleteObjects, which answers 200 also if it deleted nothing. */
export async function checkDeleted(response: Response): Promise<void> {
  const [error] = childrenOf(await readXml(response), 'Error');
  if (error) throw errorOf(response.status, textOf(error, 'Code') ?? 'Error');
}

async function readXml(response: Response): Promise<XmlElement> {
  const { root } = parseXml(await readText(response));
  if (!root) throw new Error('The store sent an empty document');
  return root;
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`The store sent more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children
    .filter((child) => child instanceof XmlElement)
    .filter((child) => child.name === name);
}

function textOf(element: XmlElement, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text;
}

/** Empty for what cannot be decoded; Sheaf stores no such key. */
function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

function parseDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new Error('The store sent an object without a date');
  return date;
}
