/** The heading of a page with a secret, until the script puts the decrypted title there. */
export function SecretTitle({ children }: { children: string }) {
  return (
    <h1
      id="secret-title"
      tabIndex={-1}
      className="text-xl leading-[1.25] font-[620] tracking-[-0.015em] outline-none [overflow-wrap:anywhere]"
    >
      {children}
    </h1>
  );
}
