// Takes pictures of the page in its states into build/screenshots, and the README's picture. Run by scripts/screenshots.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { drop, audience, launch, openPage, receipts, root, serveDist, settled, zendesk } from './support.mjs';

const folder = join(root, 'build/screenshots');
const sizes = [
  { width: 1440, height: 1000 },
  { width: 1024, height: 900 },
  { width: 390, height: 844 },
];

/** Name of a state, and how to get there from the page's start. */
const states = {
  files: async () => undefined,
  typed: (page) => page.getByRole('button', { name: 'Type in numbers instead' }).click(),
  check: async (page) => {
    await drop(page, audience, receipts, zendesk);
    await page.getByText('In which time zone are its times?').first().waitFor();
  },
  results: async (page) => {
    await page.getByRole('button', { name: 'Try it with sample data' }).click();
    await page.getByText('prevented per 100 outreaches').first().waitFor();
    await settled(page);
    await page.waitForTimeout(500); // and the last of their lines are drawn
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
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
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
