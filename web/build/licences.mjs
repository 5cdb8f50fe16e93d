// The licences of what the products contain, as one text (several of them ask that it travels with the product).
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { root } from './plugins.mjs';

const modules = `${root}web/node_modules/`;

/** What is compiled into the wasm, and the distribution's package that keeps its notice where one must travel along. */
const compiledIn = [
  ['Boost', 'BSL-1.0, which asks for no notice in compiled form'],
  ['Highway', 'Apache-2.0 or BSD-3-Clause', 'libhwy-dev'],
  ['fast_float', 'Apache-2.0, MIT or BSL-1.0', 'libfast-float-dev'],
  ['Emscripten', 'MIT; copyright 2010-2022 the Emscripten authors'],
  ['musl', 'MIT; copyright 2005-2020 Rich Felker and others'],
  ['libc++', 'Apache-2.0 with LLVM exceptions, which asks for no notice in compiled form'],
];

async function installed(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    const { dependencies } = JSON.parse(await readFile(`${modules}${name}/package.json`, 'utf8'));
    await installed(Object.keys(dependencies ?? {}), found);
  }
  return found;
}

/** @returns {Promise<string>} */
export async function licences() {
  const own = await readFile(`${root}LICENSE`, 'utf8');
  const parts = [`Preempt\n\n${own}`];
  const { dependencies } = JSON.parse(await readFile(`${root}web/package.json`, 'utf8'));
  for (const name of [...(await installed(Object.keys(dependencies)))].sort()) {
    const folder = `${modules}${name}/`;
    const about = JSON.parse(await readFile(`${folder}package.json`, 'utf8'));
    const entries = await readdir(folder, { withFileTypes: true });
    const files = [];
    for (const entry of entries.filter((one) => /^(licen[cs]e|notice)/i.test(one.name)))
      if (entry.isFile()) files.push(entry.name);
      else for (const inner of await readdir(folder + entry.name)) files.push(`${entry.name}/${inner}`);
    files.sort();
    const texts = await Promise.all(files.map((file) => readFile(folder + file, 'utf8')));
    parts.push([`${name} ${about.version} (${about.license})`, ...texts].join('\n\n'));
  }
  for (const [name, licence, debianPackage] of compiledIn) {
    const file = `/usr/share/doc/${debianPackage}/copyright`;
    const text = debianPackage && existsSync(file) ? await readFile(file, 'utf8') : '';
    parts.push(`${name} (${licence})\n\n${text}`);
  }
  return parts.join(`\n\n${'='.repeat(100)}\n\n`);
}
