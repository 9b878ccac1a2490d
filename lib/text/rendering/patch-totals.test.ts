import { describe, expect, it } from 'vitest';
import { patchTotals } from './patch-totals';

const PATCH = `diff --git a/one.sql b/one.sql
--- a/one.sql
+++ b/one.sql
@@ -1,4 +1,3 @@
 select 1
--- a comment
-select 2
+++ two
 end
@@ -9 +8,2 @@
-a
+b
+c
\\ No newline at end of file
diff --git a/two.txt b/three.txt
rename from two.txt
rename to three.txt
`;

describe('patchTotals', () => {
  it('counts files and lines, also lines that look like the name of a file', () => {
    expect(patchTotals(PATCH)).toEqual({ files: 2, added: 3, removed: 3 });
    expect(patchTotals(PATCH.replaceAll('\n', '\r\n'))).toEqual({ files: 2, added: 3, removed: 3 });
  });

  it('counts the files of a patch that is not from git', () => {
    const one = '--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n';
    expect(patchTotals(one + one)).toEqual({ files: 2, added: 2, removed: 2 });
    expect(patchTotals('@@ -1,2 +1,2 @@\n-x\n+y\n\n')).toEqual({ files: 1, added: 1, removed: 1 });
  });

  it('is null for a text without hunks', () => {
    for (const text of ['', '+ a\n- b\n', '1c1\n< a\n---\n> b\n', '@@@ -1 -1 +1 @@@\n++a\n'])
      expect(patchTotals(text)).toBeNull();
  });
});
