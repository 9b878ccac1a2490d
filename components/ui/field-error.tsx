/** The sentence beside a field; the field names it in `aria-describedby`. */
export function FieldError({ id, children }: { id: string; children: string | undefined }) {
  if (!children) return null;
  return (
    <p id={id} className="text-xs text-danger">
      {children}
    </p>
  );
}
