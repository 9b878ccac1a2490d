'use client';

import { useEffect, useRef } from 'react';

/** Keeps the chosen contacts when a form leads to another page of people. */
export function CarryChosen({ prefix }: { prefix: string }) {
  const marker = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const form = marker.current?.closest('form');
    const carry = ({ formData }: FormDataEvent) => {
      formData.delete('with');
      for (const box of document.querySelectorAll<HTMLInputElement>('input[type="checkbox"]:checked'))
        if (box.name.startsWith(prefix)) formData.append('with', box.name.slice(prefix.length));
    };
    form?.addEventListener('formdata', carry);
    return () => form?.removeEventListener('formdata', carry);
  }, [prefix]);

  return <span ref={marker} hidden />;
}
