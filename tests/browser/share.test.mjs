// Taking results along: a link and an evidence file bring back the same report without its rows, nothing of a row is in them,
// small counts are masked; texts, tables, pictures and paper say what the page says.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { generateSample } from '../../scripts/sample-data.mjs';
import {
  audit,
  button,
  drop,
  effectSentence,
  openPage,
  overflow,
  root,
  sameAsKept,
  sampleReport,
  saved,
  says,
  section,
  seeResults,
  settled,
  singleFile,
  textOf,
  trySample,
  verdict,
  withPage,
} from './support.mjs';

const { strFromU8, unzipSync } = createRequire(`${root}web/package.json`)('fflate');
const { onPage, site } = withPage();

const openShare = async (page) => {
  await button(page, 'Share').click();
  await button(page, 'Copy the link').waitFor();
};

/** What was copied last: pages here have no clipboard of the system. */
async function catchCopies(page) {
  await page.evaluate(() => {
    window.copies = [];
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text) => void window.copies.push(text) },
    });
  });
  return async () => {
    await page.waitForFunction(() => window.copies.length > 0);
    return page.evaluate(() => window.copies.pop());
  };
}

/** The text of a page without what differs by design: the settings, the contents, what can be pressed. */
const reportText = async (page) => {
  const ids = ['ladder', 'benchmarks', 'trend', 'breakdown', 'left-out'];
  const texts = await Promise.all([verdict(page), ...ids.map((id) => section(page, id))].map(textOf));
  const notShared = / Add a range or a target of your own|Sample data: an invented company /;
  return texts.map((text) => text.replace(notShared, ''));
};

describe('a link', () => {
  test('opens to the same report, in another browser, without the files', async () => {
    let address, told;
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      told = await reportText(page);
      const copied = await catchCopies(page);
      await openShare(page);
      await button(page, 'Copy the link').click();
      address = await copied();
      await page.getByRole('dialog').getByText('Link copied.').waitFor();
    });
    assert.match(address, /^http:\/\/[^#]+#r1=[\w-]+$/);
    site.dist.requests.length = 0;
    await onPage(
      async (page) => {
        await verdict(page).waitFor();
        await button(page, 'Fold all').waitFor(); // what stood open stands open
        await settled(page);
        const seen = await reportText(page);
        // A breakdown that cannot be changed offers no other attribute, and what somebody called a change stays at home; all
        // else is the same to the last digit.
        const bare = (text) => text.replace(/ By [a-z ]+ (?=Trigger)/, ' ').split('Did they help?')[0];
        told.forEach((text, at) => assert.equal(bare(seen[at]), bare(text)));
        await page.getByText('A report that somebody shared').waitFor();
        assert.deepEqual(await audit(page), []);
        await button(page, 'Use my own files').click();
        await page.getByText('No file at hand?').waitFor();
      },
      {},
      address,
    );
    assert.ok(
      site.dist.requests.every((path) => !path.includes('r1=')),
      'the host never sees it',
    );
  });

  test('holds nothing of a row: no id, no subject, no name of a file; small counts are masked', async () => {
    await onPage(async (page) => {
      await trySample(page);
      const copied = await catchCopies(page);
      await openShare(page);
      await button(page, 'Copy the link').click();
      const packed = (await copied()).split('#r1=')[1];
      const text = inflateRawSync(Buffer.from(packed, 'base64url')).toString();
      for (const { name, text: csv } of generateSample().files) {
        assert.ok(!text.includes(name), name);
        const lines = csv.split('\n').slice(1, 400);
        const ids = lines
          .map((line) => line.split(',')[0])
          .filter((id) => id.length > 3 && !/^\d{4}-\d\d-\d\d/.test(id));
        for (const id of ids) assert.ok(!text.includes(`"${id}"`), id);
      }
      await page.getByText('See the whole content').click();
      const shown = JSON.parse(await page.locator('dialog pre').innerText());
      const small = [];
      const look = (value, path) => {
        if (Array.isArray(value)) value.forEach((entry, at) => look(entry, `${path}[${at}]`));
        else if (value && typeof value === 'object')
          Object.entries(value).forEach(([name, entry]) => look(entry, `${path}.${name}`));
        else if (
          typeof value === 'number' &&
          /\.(episodes|contacted|contacts|units|count|numerator|\w+_(episodes|contacted|units))$/.test(
            path,
          ) &&
          value > 0 &&
          value < 5
        )
          small.push(path);
      };
      look(shown, '');
      assert.deepEqual(small, []);
      for (const row of shown.breakdown.rows)
        if (row.holdout_contacted === -1) assert.equal(row.effect.value, null, row.label);
      await page.getByRole('dialog').getByText('no row, no customer, no id').waitFor();
      assert.deepEqual(await audit(page), []);
    });
  });

  for (const [what, hash, words] of [
    ['cut off', '#r1=7V1pc9s4sv', 'damaged or cut off'],
    ['of a later version', '#r9=abc', 'newer version'],
    ['of somebody’s making', '#r1=q1YqSy0qzszPU7JSSklNVtJRSk4sSVWyUqoFAA', 'damaged or cut off'],
  ])
    test(`${what}: says so, and the page goes on`, async () => {
      await onPage(
        async (page) => {
          await page.getByRole('alert').getByText(words).waitFor();
          await trySample(page);
        },
        {},
        `${site.dist.address}${hash}`,
      );
    });
});

describe('an evidence file', () => {
  test('has settings, hashes and figures; opens to the same report; is worked out again, to the last figure', async () => {
    await onPage(async (page) => {
      await trySample(page);
      await page.getByRole('radio', { name: '14', exact: true }).check({ force: true });
      await says(page, effectSentence(await sampleReport({ window_days: 14 })));
      await settled(page);
      const told = await reportText(page);
      await openShare(page);
      const { name, bytes } = await saved(page, () => button(page, 'Evidence file').click());
      assert.match(name, /^preempt-\d{4}-\d\d-\d\d\.preempt\.json$/);
      const evidence = JSON.parse(bytes);
      for (const { name: file, text } of generateSample().files) {
        const input = evidence.inputs.find((one) => one.name === file);
        assert.equal(input.sha256, createHash('sha256').update(text).digest('hex'), file);
      }
      assert.equal(evidence.request.window_days, 14);
      const report = await sampleReport({ window_days: 14 });
      assert.deepEqual(evidence.report.holdout.difference, report.holdout.difference);
      assert.ok(
        evidence.report.files.every((file) => file.samples.length === 0 && file.warnings.length === 0),
      );
      await page.getByRole('dialog').press('Escape');

      // Beside the report on the page: the same, then with another window not the same.
      await drop(page, { name, bytes });
      await says(page, 'No clear change since the report of');
      await button(page, 'Work it out again from my files').click();
      await says(page, 'figures are the same.');
      await says(page, 'The same files, byte by byte:');
      await page.getByRole('radio', { name: '3', exact: true }).check({ force: true });
      await says(page, 'The two were counted differently (window)');
      assert.deepEqual(await audit(page), []);

      // On a page of its own: the same report.
      const other = await openPage(site.browser, site.dist.address);
      await drop(other, { name, bytes });
      await verdict(other).waitFor();
      await settled(other);
      const seen = await reportText(other);
      assert.equal(seen[0], told[0]);
      assert.equal(seen[1], told[1]);
      await says(other, `${name}, saved on`);
      // Files dropped afterwards are evaluated, and the opened report stays to be compared with.
      await drop(other, ...generateSample().files.map((file) => ({ name: file.name, text: file.text })));
      await other.getByText('8,915 rows read').waitFor();
      await seeResults(other, { folded: true });
      await says(other, 'No clear change since the report of');
      assert.deepEqual(other.problems, []);
      await other.context().close();
    });
  });

  test('that is none is refused in words', async () => {
    await onPage(async (page) => {
      await drop(page, { name: 'x.preempt.json', text: '{"preempt":"evidence","version":1,"report":3}' });
      await page.getByRole('alert').getByText('damaged or cut off').waitFor();
      await drop(page, { name: 'x.preempt.json', text: '{"preempt":"evidence","version":9}' });
      await page.getByRole('alert').getByText('newer version').waitFor();
    });
  });
});

describe('texts, tables, pictures', () => {
  test('Markdown and plain text say the verdict with its interval, the ladder and the parts', async () => {
    const report = await sampleReport();
    await onPage(async (page) => {
      await trySample(page);
      const copied = await catchCopies(page);
      await openShare(page);
      await button(page, 'Copy as Markdown').click();
      const markdown = await copied();
      assert.match(markdown, /^# Your proactive support prevented about [\d,]+ contacts/);
      assert.ok(markdown.includes(`**${effectSentence(report).replace(' (', '** (')}`), markdown);
      assert.match(markdown, /\| 5 Proven \|/);
      for (const { label } of report.breakdown.rows.filter((row) => row.label))
        assert.ok(markdown.includes(`| ${label.replaceAll('_', ' ')} |`), label);
      await button(page, 'Copy as plain text').click();
      const plain = await copied();
      assert.ok(plain.includes(effectSentence(report)), plain);
      assert.ok(!plain.includes('**') && !plain.includes('| '));
    });
  });

  test('every table as CSV in one ZIP, with the core’s own numbers', async () => {
    const report = await sampleReport();
    await onPage(async (page) => {
      await trySample(page);
      await openShare(page);
      const { name, bytes } = await saved(page, () => button(page, 'All tables as CSV (ZIP)').click());
      assert.match(name, /^preempt-\d{4}-\d\d-\d\d\.zip$/);
      const files = Object.fromEntries(
        Object.entries(unzipSync(bytes)).map(([path, part]) => [path.split('/')[1], strFromU8(part)]),
      );
      for (const table of [
        'ladder',
        'by-trigger',
        'trend-effect-by-month',
        'left-out',
        'trust',
        'rows',
        'metrics',
      ])
        assert.ok(files[`${table}.csv`]?.split('\r\n').length > 2, table);
      const best = report.breakdown.rows.find((row) => row.label === 'known_issue');
      assert.ok(
        files['by-trigger.csv'].includes(`${best.effect.value},${best.effect.low},${best.effect.high}`),
      );
      assert.match(files['report.md'], /^# Your proactive support/);
    });
  });

  test('a chart as SVG, PNG and CSV, in light colours, with title and source, also from the single file', async () => {
    for (const address of [site.dist.address, singleFile])
      await onPage(
        async (page) => {
          await trySample(page);
          await settled(page);
          const trend = section(page, 'trend');
          const title = await trend.getByRole('heading', { level: 2 }).innerText();
          const svg = await saved(page, () => trend.getByRole('button', { name: `SVG: ${title}` }).click());
          const text = svg.bytes.toString();
          assert.equal(svg.name, 'preempt-trend-effect-by-month.svg');
          assert.ok(text.includes(title) && text.includes('#faf9f6') && text.includes('window 7 days'));
          assert.ok((text.match(/<path|<line|<circle/g) ?? []).length > 20);
          const png = await saved(page, () => trend.getByRole('button', { name: `PNG: ${title}` }).click());
          assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
          assert.equal(png.bytes.readUInt32BE(16), 1920);
          const csv = await saved(page, () => trend.getByRole('button', { name: `CSV: ${title}` }).click());
          assert.match(csv.bytes.toString(), /^\ufeffPeriod,/);
        },
        { colorScheme: 'dark' },
        address,
      );
  });

  test('the pictures of the sample’s charts are the same as the last time', async (t) => {
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      for (const id of ['trend', 'breakdown']) {
        const { name, bytes } = await saved(page, () =>
          section(page, id).getByRole('button', { name: /^SVG/ }).first().click(),
        );
        await sameAsKept(name, bytes);
      }
      t.diagnostic('compared');
    });
  });
});

describe('paper', () => {
  const printAs = async (page, name) => {
    await page.evaluate(() => {
      window.print = () => (window.printed = true);
      window.printed = false;
    });
    await button(page, 'Share').click();
    await button(page, name).click();
    if (name.startsWith('A slide')) await button(page, 'Print it, or save it as PDF').click();
    await page.waitForFunction(() => window.printed);
    const bytes = await page.pdf({ preferCSSPageSize: true });
    const text = bytes.toString('latin1');
    return {
      pages: (text.match(/\/Type\s*\/Page\b/g) ?? []).length,
      box: /MediaBox\s*\[([^\]]*)/.exec(text)?.[1],
    };
  };

  test('one page is one page, everything is more, a slide is 16:9; afterwards the screen is as before', async () => {
    await onPage(
      async (page) => {
        await trySample(page);
        await settled(page);
        const before = await page.evaluate(() => document.querySelectorAll('details[open]').length);
        assert.equal((await printAs(page, 'One page')).pages, 1);
        assert.ok((await printAs(page, 'Everything')).pages > 3);
        assert.equal(await page.evaluate(() => document.querySelectorAll('details[open]').length), before);
        assert.equal(await page.evaluate(() => document.documentElement.classList.contains('light')), false);
        await settled(page);
        const slide = await printAs(page, 'A slide (16:9)');
        assert.equal(slide.pages, 1);
        const [, , width, height] = slide.box.trim().split(/\s+/).map(Number);
        assert.ok(Math.abs(width / height - 16 / 9) < 0.01, slide.box);
        assert.equal(await overflow(page), 0);
        await settled(page);
        assert.deepEqual(await audit(page), []);
        await button(page, 'Back to the results').click();
        await section(page, 'ladder').waitFor();
      },
      { colorScheme: 'dark' },
    );
  });
});
