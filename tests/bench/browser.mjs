// The half in the browser: each engine in a Chromium of its own, on the same File objects. And the page itself: its
// sizes, the time until it can take a drop with a slow processor, and whether it stutters while it reads.
import { readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { launch, root, serveDist } from '../browser/support.mjs';

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

async function serveProject() {
  const server = createServer(({ url }, response) => {
    const path = normalize(new URL(url, 'http://localhost').pathname);
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    readFile(join(root, path)).then(
      (body) => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${server.address().port}/tests/bench/page/index.html`,
    close: () => server.closeAllConnections() ?? server.close(),
  };
}

/** Most memory that the page's process has held so far, in MB: all of it, the browser's own code included. */
async function peakOfPage(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8')))
    .map((found) => Number(found?.[1] ?? 0) / 1024);
  return Math.max(...peaks);
}

/** One run of one engine in a new browser. */
export async function browserRun(name, { paths }) {
  const server = await serveProject();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`${name}: ${message.text()}`);
    });
    await page.goto(server.address);
    await page.setInputFiles('input', [paths.outreaches, paths.contacts]);
    const result = await page.evaluate((engine) => globalThis.run(engine), name);
    return { ...result, peak: await peakOfPage(browser), version: browser.version() };
  } finally {
    await browser.close();
    server.close();
  }
}

/** Bytes of the hosted page as a server would send them. */
export function pageSizes() {
  const files = ['index.html', ...readdirSync(join(root, 'dist/assets')).map((name) => `assets/${name}`)];
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(join(root, 'dist', file));
    total.raw += bytes.length;
    total.gzip += gzipSync(bytes, { level: 9 }).length;
    total.brotli += brotliCompressSync(bytes).length;
  }
  return total;
}

/** Opens the hosted page with the processor slowed four times, then gives it the files. */
export async function pageRun({ paths }) {
  const server = await serveDist();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.addInitScript(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries())
          globalThis.longTasks.push([startTime, duration]);
      }).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(server.address, { waitUntil: 'commit' });
    await page.waitForSelector('input[type=file]', { state: 'attached' });
    const ready = await page.evaluate(() => performance.now());
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const begin = await page.evaluate(() => performance.now());
    await page.setInputFiles('input[type=file] >> nth=0', [paths.outreaches, paths.contacts]);
    // A person looks at what was found in the files; here the click comes at once.
    const results = page.getByRole('button', { name: 'See the results', exact: true });
    await results.click({ timeout: 300_000 });
    await page.locator('[data-verdict]').waitFor({ timeout: 300_000 });
    const [end, tasks] = await page.evaluate(() => [performance.now(), globalThis.longTasks]);
    const during = tasks.filter(([start]) => start >= begin).map(([, duration]) => duration);
    return {
      ready,
      report: end - begin,
      longest: Math.max(0, ...during),
      long: during.filter((duration) => duration > 50).length,
      peak: await peakOfPage(browser),
    };
  } finally {
    await browser.close();
    server.close();
  }
}
