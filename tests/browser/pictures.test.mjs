// What one sees: pictures of the page's states at three widths and in both themes, held against those kept in
// snapshots/pictures. A picture is kept as the brightness of its cells, so that another letter's edge does not matter and a
// chart that is gone, a column that is pushed aside or a theme that is not followed does. PREEMPT_SNAPSHOTS=write keeps them anew.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { audience, drop, launch, receipts, serveDist, settled, trySample, zendesk } from './support.mjs';

const kSizes = [
  { width: 1440, height: 1000 },
  { width: 1024, height: 900 },
  { width: 390, height: 844 },
];
const kCell = 30; // px
const kept = new URL('snapshots/pictures/', import.meta.url);

async function results(page) {
  await page.reload(); // without the files
  await trySample(page);
  await settled(page);
}

const toSection = (id) => async (page) => {
  await page.evaluate((name) => {
    const section = document.querySelector(`[data-section=${name}]`);
    section.querySelector('button[aria-expanded=false].fold-section')?.click();
    section.scrollIntoView();
  }, id);
  await settled(page);
};

/** States in the order in which one page goes through them. */
const kStates = {
  start: async () => undefined,
  check: async (page) => {
    await drop(page, audience, receipts, zendesk);
    await page.getByText('In which time zone are its times?').first().waitFor();
    await page.evaluate(() => scrollTo(0, 0));
  },
  answer: results,
  trend: toSection('trend'),
  breakdown: toSection('breakdown'),
  timing: toSection('timing'),
  tree: toSection('tree'),
};

/** Rows of hexadecimal digits, from 0 (black) to f (white), one for each cell. */
function cellsOf(canvasPage, png) {
  return canvasPage.evaluate(
    async ([address, cell]) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const columns = Math.round(image.width / cell);
      const rows = Math.round(image.height / cell);
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const lines = [];
      for (let row = 0; row < rows; row += 1) {
        let line = '';
        for (let column = 0; column < columns; column += 1) {
          let sum = 0;
          let count = 0;
          for (let y = row * cell; y < Math.min(image.height, (row + 1) * cell); y += 1)
            for (let x = column * cell; x < Math.min(image.width, (column + 1) * cell); x += 1) {
              const at = 4 * (y * image.width + x);
              sum += 0.3 * data[at] + 0.6 * data[at + 1] + 0.1 * data[at + 2];
              count += 1;
            }
          line += Math.min(15, Math.floor(sum / count / 16)).toString(16);
        }
        lines.push(line);
      }
      return `${lines.join('\n')}\n`;
    },
    [`data:image/png;base64,${png.toString('base64')}`, kCell],
  );
}

/** Share of cells of another shade: 0.22 and more between any two of the pictures here. */
function difference(made, wanted) {
  if (made.length !== wanted.length) return 1;
  let differing = 0;
  for (let i = 0; i < made.length; i += 1) if (made[i] !== wanted[i]) differing += 1;
  return differing / made.length;
}

describe('pictures', () => {
  let browser;
  let server;
  let canvasPage;
  before(async () => {
    [browser, server] = await Promise.all([launch(), serveDist()]);
    canvasPage = await browser.newPage();
    await mkdir(kept, { recursive: true });
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  for (const size of kSizes)
    for (const colorScheme of ['light', 'dark'])
      test(`at ${size.width} px, ${colorScheme}`, async () => {
        const context = await browser.newContext({
          viewport: size,
          colorScheme,
          reducedMotion: 'reduce',
          timezoneId: 'UTC',
          locale: 'en-GB',
        });
        const page = await context.newPage();
        await page.clock.setFixedTime('2026-07-15T12:00:00Z');
        await page.goto(server.address);
        await page.getByRole('button', { name: 'Try it with sample data' }).waitFor();
        const wrong = [];
        for (const [name, reach] of Object.entries(kStates)) {
          await reach(page);
          const made = await cellsOf(canvasPage, await page.screenshot());
          const file = new URL(`${name}-${size.width}-${colorScheme}.txt`, kept);
          if (process.env.PREEMPT_SNAPSHOTS === 'write') await writeFile(file, made);
          const share = difference(made, await readFile(file, 'utf8'));
          if (share > 0.1) wrong.push(`${name}: ${(share * 100).toFixed(0)}% of the cells differ`);
        }
        assert.deepEqual(
          wrong,
          [],
          'if it is meant, look at scripts/screenshots, then PREEMPT_SNAPSHOTS=write',
        );
        await context.close();
      });
});
