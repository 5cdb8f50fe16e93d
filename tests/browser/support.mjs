// For the tests beside it: a browser, a server that counts every request, files to drop, and the accessibility engine.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { delimiter, extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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

export function launch() {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      // Newer versions ask before a page may reach this machine: that must not be what refuses a leak, the policy must.
      '--disable-features=LocalNetworkAccessChecks',
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

/** dist/ under a subpath, as on any static host; `requests` holds every path asked for. */
export async function serveDist(subpath = '/tools/preempt/') {
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
          .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
          .end(body),
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

/** Waits until nothing is being worked out and every chart on the page has drawn its words. */
export const settled = (page) =>
  page.waitForFunction(
    () =>
      !document.querySelector('[aria-busy=true], progress') &&
      [...document.querySelectorAll('[data-chart]')].every(
        (chart) => chart.querySelectorAll('svg text').length > 2,
      ),
  );

/** All text on the page, with every kind of blank as one space. */
export const textOf = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ');

/** "5.3" and "−9.4": a share as the page writes it per 100. */
export const per100 = (share) => (100 * share).toFixed(1).replace('-', '\u2212');
