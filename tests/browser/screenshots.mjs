// Takes pictures of the page in its states into build/screenshots, and the README's picture. Run by scripts/screenshots.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  drop,
  audience,
  launch,
  openPage,
  receipts,
  root,
  serveDist,
  settled,
  trySample,
  zendesk,
} from './support.mjs';

const folder = join(root, 'build/screenshots');
const sizes = [
  { width: 1440, height: 1000 },
  { width: 1024, height: 900 },
  { width: 390, height: 844 },
];

async function results(page) {
  await trySample(page);
  await settled(page);
  await page.waitForTimeout(500); // and the last of their lines are drawn
}

/** What is over the page, or its whole length. */
const kDialogs = ['share', 'help'];

/** Name of a state, and how to get there from the page's start. */
const states = {
  files: async () => undefined,
  typed: (page) => page.getByRole('button', { name: 'Type in numbers instead' }).click(),
  check: async (page) => {
    await drop(page, audience, receipts, zendesk);
    await page.getByText('In which time zone are its times?').first().waitFor();
  },
  results,
  settings: async (page) => {
    await results(page);
    await page.locator('details.more > summary').click();
    await page.locator('[name=filter]').selectOption('segment');
    await page.locator('[data-filter=segment]').getByRole('checkbox').first().check();
    await settled(page);
  },
  share: async (page) => {
    await results(page);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByRole('button', { name: 'Copy the link' }).waitFor();
  },
  slide: async (page) => {
    await results(page);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByRole('button', { name: 'A slide (16:9)' }).click();
    await settled(page);
  },
  help: async (page) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.evaluate(() =>
      document.querySelectorAll('dialog details').forEach((one) => (one.open = true)),
    );
  },
};

await mkdir(folder, { recursive: true });
const [browser, dist] = await Promise.all([launch(), serveDist()]);
for (const [state, reach] of Object.entries(states)) {
  for (const size of sizes) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await openPage(browser, dist.address, { ...size, colorScheme });
      await reach(page);
      const name = `${state}-${size.width}-${colorScheme}`;
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: !kDialogs.includes(state) });
      if (name === 'results-1440-light') {
        await page.screenshot({ path: join(folder, 'readme.png') }); // what one sees first
        await copyFile(join(folder, 'readme.png'), join(root, 'web/screenshot.png'));
      }
      await page.context().close();
      console.log(`build/screenshots/${name}.png`);
    }
  }
}
await browser.close();
await dist.close();
