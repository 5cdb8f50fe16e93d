// For the tests beside it: where things are, and a calculator from dist/preempt.js with files in it.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createCalculator } from '../../dist/preempt.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const data = (path) => `${root}tests/data/${path}`;
export const exported = (name) => data(`exports/${name}`);

export const audience = exported('audience_with_holdout.csv');
export const intercomOutbound = ['receipt', 'open', 'click', 'reply'].map((event) =>
  exported(`intercom_outbound/${event}_20260320-101500.csv`),
);

/** A calculator that holds the files of these paths; throws when one of them cannot be read. */
export async function openFiles(paths, calculator) {
  const open = calculator ?? (await createCalculator());
  const infos = [];
  for (const path of paths) {
    const info = await open.add({ name: path.split('/').pop(), data: await readFile(path) });
    if (info.state !== 'read') throw new Error(`${path}: ${info.state}: ${info.message}`);
    infos.push(info);
  }
  return { calculator: open, infos };
}

/** A calculator with tables given as text: { 'contacts.csv': 'contact_id,...' }. */
export async function openTexts(tables) {
  const calculator = await createCalculator();
  const infos = [];
  for (const [name, text] of Object.entries(tables)) infos.push(await calculator.add({ name, data: text }));
  return { calculator, infos };
}

export const metric = (report, id) => report.metrics.find((one) => one.id === id);
export const sum = (counts) => counts.reduce((total, { count }) => total + count, 0);
