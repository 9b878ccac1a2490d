/** The method of an operation, in the width of the longest. */
export function MethodName({ method }: { method: string }) {
  const short = method === 'DELETE' ? 'DEL' : method;
  return (
    <span
      title={method}
      className={`inline-block w-[46px] shrink-0 font-mono text-2xs font-semibold ${method === 'DELETE' ? 'text-danger' : 'text-accent'}`}
    >
      {short}
    </span>
  );
}
