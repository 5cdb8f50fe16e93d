// The page in Firefox and in WebKitGTK: the sample data from one click to the verdict, and the charts drawn. The figures
// expected are the calculator's own in Node; the whole journey is walked in Chromium (page.test.mjs).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { createCalculator } from '../../dist/preempt.js';
import { generateSample } from '../../scripts/sample-data.mjs';
import { per100, serveDist, singleFile } from './support.mjs';

const firefox = process.env.PREEMPT_FIREFOX ?? '/usr/bin/firefox-esr';
const webkit = process.env.PREEMPT_WEBKIT ?? '/usr/bin/WebKitWebDriver';

let dist, wanted;
before(async () => {
  dist = await serveDist();
  const calculator = await createCalculator();
  for (const { name, text } of generateSample().files) await calculator.add({ name, data: text });
  const { difference } = (await calculator.evaluate({})).holdout;
  wanted = [difference.value, difference.low, difference.high].map(per100);
});
after(() => dist.close());

// What runs in the page; plain text, since each driver carries it over in its own way.
const clickSample = `[...document.querySelectorAll('button')].find((one) => one.innerText.includes('sample data')).click()`;
const openAll = `[...document.querySelectorAll('button')].find((one) => one.innerText === 'Open all')?.click()`;
const seen = `JSON.stringify({
  verdict: document.querySelector('[data-verdict]')?.innerText.replace(/\\s+/g, ' ') ?? '',
  empty: [...document.querySelectorAll('[data-chart]')].filter((chart) => chart.closest('details:not([open])') === null && chart.querySelectorAll('svg text').length < 3).length,
  charts: document.querySelectorAll('[data-chart]').length,
  busy: document.querySelector('[aria-busy=true], progress') !== null,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})`;

/** Clicks on the sample data, waits for the verdict and its charts, and checks the figures. `run` evaluates in the page. */
async function walk(run) {
  const until = Date.now() + 300_000; // a busy machine takes its time
  let view;
  while (!(await run(`document.querySelector('button') !== null`)) && Date.now() < until) await sleep(100);
  await run(clickSample);
  do {
    await sleep(200);
    await run(openAll);
    view = JSON.parse(await run(seen));
  } while ((!view.verdict || view.busy || view.charts === 0 || view.empty > 0) && Date.now() < until);
  for (const number of wanted) assert.ok(view.verdict.includes(number), `no ${number} in "${view.verdict}"`);
  assert.ok(view.charts > 0);
  assert.equal(view.empty, 0, 'charts without words');
  assert.ok(view.overflow <= 0, `reaches ${view.overflow} px beyond its window`);
}

describe('Firefox', { skip: existsSync(firefox) ? false : `${firefox} is not installed` }, () => {
  let browser;
  before(async () => {
    browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox, headless: true });
  });
  after(() => browser?.close());

  for (const [name, address] of [
    ['hosted page', () => dist.address],
    ['single file', () => singleFile],
  ])
    test(`${name}: sample data to the verdict`, async () => {
      const page = await browser.newPage();
      const problems = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      await page.goto(address());
      await walk((script) => page.evaluate(script));
      assert.deepEqual(problems, []);
      await page.close();
    });
});

describe('WebKitGTK', { skip: existsSync(webkit) ? false : `${webkit} is not installed` }, () => {
  let driver, session;
  const port = 20_000 + (process.pid % 10_000);
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  };
  before(async () => {
    // It draws to a screen; xvfb-run brings one that nobody sees.
    driver = spawn('xvfb-run', ['-a', webkit, `--port=${port}`], { stdio: 'ignore', detached: true });
    for (let tries = 0; ; ++tries) {
      try {
        await ask('GET', '/status');
        break;
      } catch (error) {
        if (tries > 600) throw error;
        await sleep(100);
      }
    }
    const created = await ask('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { args: ['--automation'] } } },
    });
    session = `/session/${created.sessionId}`;
  });
  after(async () => {
    if (session) await ask('DELETE', session).catch(() => undefined);
    if (driver) process.kill(-driver.pid);
  });

  for (const [name, address] of [['hosted page', () => dist.address]])
    test(`${name}: sample data to the verdict`, async () => {
      await ask('POST', `${session}/url`, { url: address() });
      await walk((script) =>
        ask('POST', `${session}/execute/sync`, { script: `return (${script})`, args: [] }),
      );
    });
});
