import { CodeSample } from './code-sample';

/** What a command is for, and the command. */
export function Example({ says, command }: { says: string; command: string }) {
  return <CodeSample caption={says} text={command} language="shell" />;
}
