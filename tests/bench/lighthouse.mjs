// Lighthouse over the hosted page as a host would send it: compressed, with an address of its own. In: dist/. Out: scores
// from 0 to 100 for a slow phone and a desktop. Its crawler's check asks for robots.txt from inside the page, which the
// page's own policy refuses as it refuses every connection: that check is left out, and said so.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, root, serveDist } from '../browser/support.mjs';

const kPort = 9333;
const kVersion = '12.8.2';

/** In a folder of its own: it asks for the "latest" of one of its packages, which no lock file can hold. */
async function installed() {
  const folder = `${root}build/lighthouse/`;
  mkdirSync(folder, { recursive: true });
  if (!existsSync(`${folder}node_modules/lighthouse`))
    execFileSync('npm', ['install', '--prefix', folder, '--no-save', `lighthouse@${kVersion}`]);
  return import(createRequire(folder).resolve('lighthouse'));
}

/** @returns {Promise<Record<'phone' | 'desktop', Record<string, number>>>} */
export async function lighthouseScores() {
  const { default: lighthouse, desktopConfig } = await installed();
  const server = await serveDist({ compressed: true });
  const browser = await launch([`--remote-debugging-port=${kPort}`]);
  try {
    const scores = {};
    for (const [name, config] of Object.entries({ phone: undefined, desktop: desktopConfig })) {
      const run = await lighthouse(
        server.address,
        { port: kPort, logLevel: 'error', skipAudits: ['robots-txt'] },
        config,
      );
      scores[name] = Object.fromEntries(
        Object.values(run.lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]),
      );
    }
    return scores;
  } finally {
    await browser.close();
    await server.close();
  }
}
