// Data walks through core/ in one direction, and so do the includes: a room includes only rooms to its left, besides base
// and stats. Also: no platform, no input or output, no clock in core/. Prints each arrow that runs the wrong way.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const rooms = ['base', 'csv', 'table', 'intake', 'history', 'episodes', 'evidence', 'metrics', 'report'];
const facade = 'core'; // files directly in core/ (the calculator): to the right of every room
const foreign = ['hwy/', 'boost/', 'fast_float/'];
const banned =
  /^(emscripten|iostream|fstream|filesystem|thread|mutex|future|locale|clocale|ctime|random|ranges|format|source_location|coroutine)\b/;

const roomOf = (path) => (path.split('/').length === 2 ? facade : path.split('/')[1]);

/** The rooms that a room may include. */
function allowed(room) {
  if (room === 'stats') return ['base', 'stats'];
  if (room === facade) return [...rooms, 'stats', facade];
  return [...rooms.slice(0, rooms.indexOf(room) + 1), 'base', 'stats'].filter(
    (one) => one !== 'stats' || room !== 'base',
  );
}

/** @returns {string[]} what is wrong with the includes of one file */
export function problemsOf(path, text, exists = (name) => existsSync(root + name)) {
  const room = roomOf(path);
  if (room !== facade && room !== 'stats' && !rooms.includes(room))
    return [`${path}: ${room} is not a room of the house`];
  const problems = [];
  text.split('\n').forEach((line, index) => {
    const [, mark, name] = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line) ?? [];
    if (!name) return;
    const say = (what) => problems.push(`${path}:${index + 1}: ${what}`);
    if (name.startsWith('core/')) {
      if (!allowed(room).includes(roomOf(name))) say(`${room} may not include ${roomOf(name)} (${name})`);
      else if (!exists(name)) say(`${name} does not exist`);
    } else if (banned.test(name)) say(`<${name}> has no place in core/`);
    else if (mark === '"' && !foreign.some((prefix) => name.startsWith(prefix)))
      say(`"${name}": includes are written from the root, "core/..."`);
  });
  return problems;
}

function main() {
  // The check checks itself first: it must find a wrong arrow where there is one.
  const planted = [
    ['core/csv/a.hpp', '#include "core/report/b.hpp"', 1],
    ['core/stats/a.cpp', '#include "core/table/b.hpp"', 1],
    ['core/base/a.cpp', '#include <emscripten/bind.h>', 1],
    ['core/base/a.cpp', '#include "core/stats/b.hpp"', 1],
    ['core/cellar/a.cpp', '', 1],
    [
      'core/intake/formats/a.cpp',
      '#include "core/table/b.hpp"\n#include <vector>\n#include "core/stats/c.hpp"',
      0,
    ],
    ['core/calculator.cpp', '#include "core/report/b.hpp"\n#include "core/calculator.hpp"', 0],
  ];
  for (const [path, text, count] of planted)
    if (problemsOf(path, text, () => true).length !== count)
      throw new Error(`the check itself is wrong: ${path}`);

  const files = readdirSync(`${root}core`, { recursive: true })
    .map((name) => `core/${name}`)
    .filter((name) => /\.(hpp|cpp|h|inl)$/.test(name));
  const problems = files.flatMap((path) => problemsOf(path, readFileSync(root + path, 'utf8')));
  for (const problem of problems) console.error(problem);
  console.log(`${files.length} files of core/, ${problems.length} wrong includes`);
  process.exit(problems.length ? 1 : 0);
}

main();
