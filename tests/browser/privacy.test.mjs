// Nothing leaves the machine: while a person works with the page, nothing but its own files is asked for, and what tries
// to leave (from the page and from the worker, in the hosted page and in the single file) is refused by the policy.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  audience,
  drop,
  launch,
  listenForLeaks,
  openPage,
  receipts,
  serveDist,
  singleFile,
  zendesk,
} from './support.mjs';

let browser, dist, leaks;
before(async () => {
  [browser, dist, leaks] = await Promise.all([launch(), serveDist(), listenForLeaks()]);
});
after(async () => {
  await browser.close();
  await Promise.all([dist.close(), leaks.close()]);
});

/** Every way out that a script has, tried one after the other; answers with what each one came to. */
async function tryToLeak(address) {
  const tries = {
    fetch: () => fetch(address),
    'fetch without cors': () =>
      fetch(address, { method: 'POST', mode: 'no-cors', body: 'x', keepalive: true }),
    request: () =>
      new Promise((done, failed) => {
        const request = new XMLHttpRequest();
        request.onload = () => done();
        request.onerror = () => failed(new Error('refused'));
        request.open('GET', address);
        request.send();
      }),
    socket: () =>
      new Promise((done, failed) => {
        const socket = new WebSocket(address.replace('http', 'ws'));
        socket.onopen = () => done();
        socket.onerror = () => failed(new Error('refused'));
      }),
    events: () =>
      new Promise((done, failed) => {
        const events = new EventSource(address);
        events.onopen = () => done();
        events.onerror = () => {
          events.close();
          failed(new Error('refused'));
        };
      }),
    module: () => import(address),
  };
  if (globalThis.importScripts) tries.script = async () => globalThis.importScripts(address);
  if (typeof document === 'object') {
    const element = (name, key) => () =>
      new Promise((done, failed) => {
        const made = Object.assign(document.createElement(name), {
          onload: done,
          onerror: () => failed(new Error('refused')),
        });
        made[key] = address;
        if (name === 'link') made.rel = 'stylesheet';
        document.head.append(made);
      });
    Object.assign(tries, {
      image: element('img', 'src'),
      script: element('script', 'src'),
      style: element('link', 'href'),
    });
    tries.beacon = async () => {
      navigator.sendBeacon(address, 'x');
      throw new Error('says nothing of what becomes of it: the listening server knows');
    };
    tries.form = async () => {
      const form = Object.assign(document.createElement('form'), { action: address, method: 'post' });
      document.body.append(form);
      form.submit();
      throw new Error('says nothing of what becomes of it: the listening server knows');
    };
  }
  const results = {};
  for (const [name, attempt] of Object.entries(tries)) {
    const soon = new Promise((_, failed) => setTimeout(() => failed(new Error('no answer')), 2000));
    results[name] = await Promise.race([attempt(), soon]).then(
      () => 'LEAKED',
      () => 'refused',
    );
  }
  return results;
}

const places = {
  'the hosted page': () => dist.address,
  'the single file, opened from a disk': () => singleFile,
};
for (const [place, address] of Object.entries(places)) {
  describe(place, () => {
    test('a whole session with files asks for nothing but the page itself', async () => {
      const before = dist.requests.length;
      const page = await openPage(browser, 'about:blank');
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(address());
      await drop(page, audience, receipts, zendesk);
      await page.getByRole('button', { name: 'See the results' }).click();
      await page.locator('main h1').waitFor();
      await page
        .getByText(/held out/)
        .first()
        .waitFor();
      await page.waitForTimeout(500);

      const own = (url) => url.startsWith(new URL('.', address()).href) || /^(blob|data):/.test(url);
      assert.deepEqual(
        asked.filter((url) => !own(url)),
        [],
      );
      // What the server saw is the page's own plain files, without a word added to any address.
      for (const path of dist.requests.slice(before))
        assert.match(path, /^\/tools\/preempt\/[\w./-]*$|^\/favicon\.ico$/);
      assert.deepEqual(leaks.requests, []);
      assert.deepEqual(page.problems, []);
      await page.context().close();
    });

    test('what tries to leave is refused, from the page and from the worker', async () => {
      const page = await openPage(browser, address());
      await drop(page, audience);
      await page.getByText('audience_with_holdout.csv').first().waitFor();
      await page.waitForFunction(() => true);
      const [worker] = page.workers();
      assert.ok(worker, 'the page calculates in a worker');
      assert.match(worker.url(), /^blob:/);

      const fromWorker = await worker.evaluate(tryToLeak, leaks.address + '/worker');
      const fromPage = await page.evaluate(tryToLeak, leaks.address + '/page');
      for (const results of [fromWorker, fromPage])
        for (const [way, result] of Object.entries(results)) assert.equal(result, 'refused', way);
      assert.ok(Object.keys(fromPage).length >= 10 && Object.keys(fromWorker).length >= 6);
      await page.waitForTimeout(500);
      assert.deepEqual(leaks.requests, []);
      await page.context().close();
    });
  });
}

describe('the listening server does hear pages that have no such policy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preempt-control-'));
  writeFileSync(
    join(folder, 'control.html'),
    '<!doctype html><meta charset="utf-8"><title>no policy</title>',
  );
  after(() => rmSync(folder, { recursive: true }));
  const controls = {
    'served over http': () => `${dist.address}preempt.js`, // a page of plain text: no policy in it
    'opened from a disk': () => pathToFileURL(join(folder, 'control.html')).href,
  };
  for (const [place, address] of Object.entries(controls)) {
    test(place, async () => {
      const page = await openPage(browser, address());
      const tryFetch = (target) =>
        fetch(target, { mode: 'no-cors' }).then(
          () => 'LEAKED',
          () => 'refused',
        );
      assert.equal(await page.evaluate(tryFetch, `${leaks.address}/control`), 'LEAKED');
      await page.evaluate(() => {
        globalThis.worker = new Worker(URL.createObjectURL(new Blob(['onmessage = () => 0'])));
      });
      const worker = page.workers()[0] ?? (await page.waitForEvent('worker'));
      assert.equal(await worker.evaluate(tryFetch, `${leaks.address}/control-worker`), 'LEAKED');
      assert.deepEqual(leaks.requests.splice(0), ['GET /leak/control', 'GET /leak/control-worker']);
      await page.context().close();
    });
  }
});

test('the policy comes before anything that could load, and allows no connection', async () => {
  const page = await openPage(browser, dist.address);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /connect-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*|https?:/);
  assert.equal(
    await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((list) => list.length)),
    0,
  );
  await page.context().close();
});
