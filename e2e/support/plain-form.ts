import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;

/** A form of a page, as a browser without JavaScript would post it. */
export interface PlainForm {
  action: string;
  /** Everything that was filled in by the page itself. */
  fields: [string, string][];
}

/** The one posted form of a page that has fields of these names. */
export function findForm(html: string, names: readonly string[]): PlainForm {
  const forms = elements(parse(html)).filter(
    (element) => element.tagName === 'form' && attribute(element, 'method')?.toLowerCase() === 'post',
  );
  const found = forms.filter((form) => {
    const present = elements(form).map((element) => attribute(element, 'name'));
    return names.every((name) => present.includes(name));
  });
  const [form] = found;
  if (!form || found.length > 1) throw new Error(`${found.length} forms have ${names.join(', ')}`);
  const inputs = elements(form).filter((element) => element.tagName === 'input');
  return {
    action: attribute(form, 'action') ?? '',
    fields: inputs
      .filter((input) => attribute(input, 'type') === 'hidden' && attribute(input, 'name') !== undefined)
      .map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
  };
}

/** Posts a form as a browser would. Redirects are answers, not followed. */
export function postFound(
  pageUrl: string,
  form: PlainForm,
  { fields, headers = {} }: { fields: Record<string, string>; headers?: Record<string, string> },
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of form.fields) if (!(name in fields)) body.append(name, value);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return fetch(new URL(form.action, pageUrl), {
    method: 'POST',
    body,
    headers: { origin: new URL(pageUrl).origin, ...headers },
    redirect: 'manual',
  });
}

function elements(node: DefaultTreeAdapterTypes.ParentNode): Element[] {
  return node.childNodes.flatMap((child) =>
    defaultTreeAdapter.isElementNode(child) ? [child, ...elements(child)] : [],
  );
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}
