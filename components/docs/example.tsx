import { CodeSample } from './code-sample';

/** A command with its description. */
export function Example({ says, command }: { says: string; command: string }) {
  return <CodeSample caption={says} text={command} language="shell" />;
}
