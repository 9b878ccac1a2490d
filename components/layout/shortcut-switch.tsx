/** Turns shortcuts of a single key on or off; `watchShortcuts` handles it. */
export function ShortcutSwitch({ label, hint }: { label: string; hint: string }) {
  return (
    <label className="needs-script flex items-center gap-2 text-xs touch:min-h-11" title={hint}>
      <input type="checkbox" defaultChecked data-switches="shortcuts" className="size-4 accent-accent" />
      {label}
    </label>
  );
}
