// The README's example runs as it stands there, and prints what the README says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
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
  assert.ok(targets.length >= 2);
  for (const target of targets) {
    if (/^https?:/.test(target)) continue;
    assert.ok(statSync(join(root, target)), target);
  }
  for (const [, script] of readme.matchAll(/(scripts\/[a-z-]+(?:\.mjs)?)/g))
    assert.ok(statSync(join(root, script)), script);
});

test('the sizes that the README states are those of what was built, within 10%', () => {
  const page = ['index.html', ...readdirSync(join(root, 'dist/assets')).map((name) => `assets/${name}`)];
  const files = {
    'hosted page': page,
    'dist/preempt.html': ['preempt.html'],
    'dist/preempt.js': ['preempt.js'],
  };
  for (const [name, paths] of Object.entries(files)) {
    const bytes = paths.map((path) => readFileSync(join(root, 'dist', path)));
    const measured = [bytes, bytes.map((one) => gzipSync(one, { level: 9 }))].map(
      (list) => list.reduce((total, one) => total + one.length, 0) / 1000,
    );
    const row = readme.split('\n').find((line) => line.startsWith('|') && line.includes(name));
    const stated = row.match(/\d+/g).map(Number);
    for (const i of [0, 1])
      assert.ok(Math.abs(stated[i] / measured[i] - 1) < 0.1, `${name}: ${measured.join(', ')}`);
  }
});
