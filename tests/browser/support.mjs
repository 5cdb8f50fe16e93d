// For the tests beside it: a browser, a server that counts every request, files to drop, and the accessibility engine.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { delimiter, extname, join, normalize } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const data = (path) => join(root, 'tests/data', path);
export const exported = (name) => data(`exports/${name}`);
export const audience = exported('audience_with_holdout.csv');
export const receipts = exported('intercom_outbound/receipt_20260320-101500.csv');
export const zendesk = exported('zendesk_full_export_america_new_york.csv');
export const singleFile = pathToFileURL(join(root, 'dist/preempt.html')).href;

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Chromium as the distribution installs it, or from PREEMPT_CHROMIUM, or by name on the path. */
function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [process.env.PREEMPT_CHROMIUM, ...candidates].find((path) => path && existsSync(path));
  if (!found) throw new Error('Chromium is needed: install the package "chromium" or set PREEMPT_CHROMIUM');
  return found;
}

export function launch(more = []) {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      // Newer versions ask before a page may reach this machine: that must not be what refuses a leak, the policy must.
      '--disable-features=LocalNetworkAccessChecks',
      ...more,
    ],
  });
}

/** Closes a server together with the connections that a browser keeps open. */
const closing = (server) => () =>
  new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });

const listen = (server) =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** dist/ under a subpath, as on any static host; `requests` holds every path asked for. `compressed`: as most hosts send it. */
export async function serveDist({ subpath = '/tools/preempt/', compressed = false } = {}) {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    if (!pathname.startsWith(subpath)) return response.writeHead(404).end();
    const path = normalize(pathname.slice(subpath.length)) || '.';
    const file = join(root, 'dist', path === '.' ? 'index.html' : path);
    return readFile(file).then(
      (body) =>
        response
          .writeHead(200, {
            'content-type': types[extname(file)] ?? 'application/octet-stream',
            ...(compressed && { 'content-encoding': 'gzip', 'cache-control': 'max-age=31536000' }),
          })
          .end(compressed ? gzipSync(body) : body),
      () => response.writeHead(404).end(),
    );
  });
  const port = await listen(server);
  return { address: `http://127.0.0.1:${port}${subpath}`, requests, close: closing(server) };
}

/** A server that answers everything and to everybody: whatever reaches it has left the page. */
export async function listenForLeaks() {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response
      .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' })
      .end('1');
  });
  server.on('upgrade', (request, socket) => {
    requests.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  const port = await listen(server);
  return { port, address: `http://127.0.0.1:${port}/leak`, requests, close: closing(server) };
}

/** A page that fails the test on an error of its own; `problems` holds them. */
export async function openPage(browser, address, { width = 1280, height = 900, colorScheme = 'light' } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000); // what hangs ends; how long things take decides no test
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') page.problems.push(message.text());
  });
  await page.goto(address);
  return page;
}

/** Drops files on the page as a file manager does: paths, or { name, text } or { name, bytes }. */
export async function drop(page, ...given) {
  const files = await Promise.all(
    given.map(async (one) => {
      if (typeof one === 'string')
        return { name: one.split('/').pop(), base64: (await readFile(one)).toString('base64') };
      return { name: one.name, base64: Buffer.from(one.bytes ?? one.text).toString('base64') };
    }),
  );
  const transfer = await page.evaluateHandle((list) => {
    const made = new DataTransfer();
    for (const { name, base64 } of list)
      made.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    return made;
  }, files);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  await transfer.dispose();
}

/** What axe-core finds wrong, one line each; [] is good. */
export async function audit(page) {
  await page.evaluate(axeSource);
  // Of what lies half under the contents, which stay in sight, only a part would be measured.
  await page.evaluate(() => window.scrollTo(0, 0));
  const violations = await page.evaluate(async () => {
    const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
    return (await globalThis.axe.run(document, rules)).violations;
  });
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  );
}

/** How far the page reaches beyond its window to the right, in pixels. */
export const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Waits until nothing is being worked out and every chart in sight has drawn its words. */
export const settled = (page) =>
  page.waitForFunction(
    () =>
      !document.querySelector('[aria-busy=true], progress') &&
      [...document.querySelectorAll('[data-chart]')].every(
        (chart) => !chart.checkVisibility() || chart.querySelectorAll('svg text').length > 2,
      ),
  );

/** All text on the page, with every kind of blank as one space. */
export const textOf = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ');

/** "5.3" and "−9.4": a share as the page writes it per 100. */
export const per100 = (share) => (100 * share).toFixed(1).replace('-0.0', '0.0').replace('-', '\u2212');

/**
 * A browser and the page's server for the tests of one file. `onPage` runs work on a fresh page, and fails on any error that the
 * page itself reported.
 */
export function withPage() {
  const site = { browser: null, dist: null };
  before(async () => {
    [site.browser, site.dist] = await Promise.all([launch(), serveDist()]);
  });
  after(async () => {
    await site.browser?.close();
    await site.dist?.close();
  });
  const onPage = async (work, options, address = site.dist.address) => {
    const page = await openPage(site.browser, address, options);
    try {
      await work(page);
      assert.deepEqual(page.problems, []);
    } finally {
      await page.context().close();
    }
  };
  return { site, onPage };
}

// --- what is on the page ----------------------------------------------------------------------------------------------------------

export const main = (page) => page.locator('main');
export const card = (page, name) => page.getByRole('article', { name, exact: true });
export const section = (page, id) => page.locator(`[data-section="${id}"]`);
export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const verdict = (page) => page.locator('[data-verdict]');
/** Opens every section of the results. */
export const openSections = (page) => button(page, 'Open all').click();
export const seeResults = async (page, { folded = false } = {}) => {
  await button(page, 'See the results').click();
  await verdict(page).waitFor();
  if (!folded) await openSections(page);
};
export const trySample = async (page, { folded = false } = {}) => {
  await button(page, 'Try it with sample data').click();
  await verdict(page).waitFor();
  if (!folded) await openSections(page);
};
/** A count as the page writes it. */
export const counted = (number) => number.toLocaleString('en-GB');

export const openDetails = (page) =>
  page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));

/** Waits until the page says something, whatever its line breaks. */
export const says = (page, text) =>
  page
    .waitForFunction((wanted) => document.body.innerText.replace(/\s+/g, ' ').includes(wanted), text)
    .catch(async () => assert.fail(`the page does not say "${text}", but: ${await textOf(main(page))}`));

/** The report of the sample data, from the calculator in Node. */
export async function sampleReport(request) {
  const { createCalculator } = await import('../../dist/preempt.js');
  const { generateSample } = await import('../../scripts/sample-data.mjs');
  const calculator = await createCalculator();
  for (const { name, text } of generateSample().files) await calculator.add({ name, data: text });
  return calculator.evaluate({ breakdown: 'trigger', ...request });
}

/** The part of the verdict that states the effect. */
export const effectSentence = ({ holdout: { difference } }) =>
  `${per100(difference.value)} prevented per 100 outreaches (${per100(difference.low)} to ${per100(difference.high)})`;

// --- what is taken along ----------------------------------------------------------------------------------------------------------

export async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** A picture against the one kept in snapshots/; PREEMPT_SNAPSHOTS=write keeps it anew. */
export async function sameAsKept(name, bytes) {
  // Where a letter ends depends on the fonts of the machine; what is said, and the marks, do not.
  const words = [...bytes.toString().matchAll(/<text[^>]*>([^<]*)/g)].map((found) => found[1]);
  const marks = (bytes.toString().match(/<(path|line|circle|rect|polyline)\b/g) ?? []).length;
  const made = `${words.join('\n')}\n${marks} marks\n`;
  const kept = new URL(`snapshots/${name}.txt`, import.meta.url);
  if (process.env.PREEMPT_SNAPSHOTS === 'write') await writeFile(kept, made);
  assert.equal(made, await readFile(kept, 'utf8'), `${name}: if it is meant, PREEMPT_SNAPSHOTS=write`);
}
