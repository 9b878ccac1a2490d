'use client';

import { useEffect, useRef, useState } from 'react';

/** Ticks every box of its form, or none; shows when only some are. */
export function SelectAll({ label }: { label: string }) {
  const box = useRef<HTMLInputElement>(null);
  const [count, setCount] = useState({ all: 0, ticked: 0 });

  useEffect(() => {
    const form = box.current?.form;
    if (!form) return;
    const recount = () => {
      const boxes = boxesOf(form);
      setCount({ all: boxes.length, ticked: boxes.filter(({ checked }) => checked).length });
    };
    recount();
    form.addEventListener('change', recount);
    return () => form.removeEventListener('change', recount);
  }, []);

  useEffect(() => {
    if (box.current) box.current.indeterminate = count.ticked > 0 && count.ticked < count.all;
  }, [count]);

  return (
    <label className="needs-script flex items-center gap-3 text-xs touch:min-h-11 text-muted">
      <input
        ref={box}
        type="checkbox"
        className="size-4 accent-accent"
        checked={count.all > 0 && count.ticked === count.all}
        onChange={({ target }) => {
          if (target.form) for (const one of boxesOf(target.form)) one.checked = target.checked;
        }}
      />
      {label}
    </label>
  );
}

function boxesOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[type="checkbox"][name]')];
}
