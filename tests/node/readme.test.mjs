// The README's example runs as it stands there, and prints what the README says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from './support.mjs';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('the example of dist/preempt.js has about ten lines and prints the number stated below it', () => {
  const [, code, output] = readme.match(/```js\n([\s\S]*?)```\s+[\s\S]*?```text\n([\s\S]*?)```/) ?? [];
  assert.ok(code, 'no example in the README');
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  assert.ok(lines.length <= 12, `${lines.length} lines`);
  const folder = mkdtempSync(join(tmpdir(), 'preempt-readme-'));
  try {
    const file = join(folder, 'example.mjs');
    writeFileSync(file, code.replaceAll("from './", `from '${pathToFileURL(root)}`));
    assert.equal(execFileSync(process.execPath, [file], { encoding: 'utf8' }), output);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what the README points to is there', () => {
  const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target);
  assert.ok(targets.length > 3);
  for (const target of targets) {
    if (/^https?:/.test(target)) continue;
    assert.ok(statSync(join(root, target)), target);
  }
  for (const [, script] of readme.matchAll(/(scripts\/[a-z-]+(?:\.mjs)?)/g))
    assert.ok(statSync(join(root, script)), script);
});
