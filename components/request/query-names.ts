/**
 * The address with `_` after the name of each query parameter that is a member of every object, such as
 * `constructor`. In a serverless function Next 16.4 puts parameters into a plain object, and answers 500 when that
 * object seems to have one already. No page and no route of Sheaf has such a parameter: the API rejects it by
 * either name.
 */
export function renameInheritedParameters(url: string): string {
  const mark = url.indexOf('?');
  if (mark < 0) return url;
  const query = url.slice(mark + 1);
  if (![...new URLSearchParams(query).keys()].some(isInherited)) return url;
  const pairs = query.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return isInherited([...new URLSearchParams(name).keys()][0] ?? '')
      ? [`${name}_`, ...value].join('=')
      : pair;
  });
  return `${url.slice(0, mark + 1)}${pairs.join('&')}`;
}

function isInherited(name: string): boolean {
  return name in Object.prototype;
}
