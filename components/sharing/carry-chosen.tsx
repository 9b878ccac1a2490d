'use client';

import { useEffect, useRef } from 'react';

/** In the search form: adds the contacts that are checked at the time of the search. */
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
