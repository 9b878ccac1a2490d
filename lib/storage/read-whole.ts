/** The body of an answer. Throws an error if it has another length than the answer declares. */
export async function readWhole(response: Response): Promise<Uint8Array> {
  const body = new Uint8Array(await response.arrayBuffer());
  const declared = response.headers.get('content-length');
  const isEncoded = (response.headers.get('content-encoding') ?? 'identity') !== 'identity';
  if (declared !== null && !isEncoded && Number(declared) !== body.byteLength) {
    throw new Error(`The store announced ${declared} bytes and sent ${body.byteLength}`);
  }
  return body;
}
