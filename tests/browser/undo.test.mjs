// Every step can be taken back and done again: settings, what is drawn, files added, removed and corrected; by button and by key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  button,
  card,
  data,
  drop,
  effectSentence,
  sampleReport,
  says,
  seeResults,
  trySample,
  verdict,
  withPage,
} from './support.mjs';

const { onPage } = withPage();
const golden = ['golden_outreaches.csv', 'golden_contacts.csv'].map((name) => data(`generic/${name}`));

test('settings: back and forth with Ctrl+Z, and the button names the step', async () => {
  const [seven, three] = await Promise.all([7, 3].map((window_days) => sampleReport({ window_days })));
  await onPage(async (page) => {
    await trySample(page);
    await says(page, effectSentence(seven));
    await page.getByRole('radio', { name: '3', exact: true }).check({ force: true });
    await says(page, effectSentence(three));
    await page.keyboard.press('Control+z');
    await says(page, effectSentence(seven));
    assert.ok(await page.getByRole('radio', { name: '7', exact: true }).isChecked());
    await page.keyboard.press('Control+Shift+z');
    await says(page, effectSentence(three));
    await button(page, 'Undo: window').click();
    await says(page, effectSentence(seven));
    await button(page, 'Redo: window').waitFor();
  });
});

test('what is drawn: the period of the trend', async () => {
  await onPage(async (page) => {
    await trySample(page);
    await page.getByRole('radio', { name: 'Quarter', exact: true }).check({ force: true });
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => document.querySelector('input[value=month]').checked);
  });
});

test('files: a removed one is read again, a correction is taken back, added ones are gone and come back', async () => {
  await onPage(async (page) => {
    await drop(page, ...golden);
    const contacts = card(page, 'golden_contacts.csv');
    await contacts.getByText('7 rows read').waitFor();
    await contacts.locator('details.columns summary').click();
    await contacts.getByLabel('Read the column direction as', { exact: true }).selectOption('');
    await contacts.getByText(/Columns: 5 of 6 used/).waitFor();
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    await contacts.getByText(/Columns: 6 of 6 used/).waitFor();
    await page.keyboard.press('Control+y');
    await contacts.getByText(/Columns: 5 of 6 used/).waitFor();
    await page.keyboard.press('Control+z');
    await contacts.getByText(/Columns: 6 of 6 used/).waitFor();

    await contacts.getByLabel('This export is complete until the end of').fill('2026-03-30');
    await contacts.getByRole('button', { name: 'Remove golden_contacts.csv' }).click();
    await contacts.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await contacts.getByText('7 rows read').waitFor();
    assert.equal(
      await contacts.getByLabel('This export is complete until the end of').inputValue(),
      '2026-03-30',
    );
    await seeResults(page);
    await says(page, '50% stayed quiet');

    for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z');
    await page.getByText('No file at hand?').waitFor();
    for (let step = 0; step < 2; step++) await page.keyboard.press('Control+y');
    await verdict(page).waitFor();
  });
});

test('in a field of text, the keys belong to the field', async () => {
  await onPage(async (page) => {
    await button(page, 'Type in numbers instead').click();
    await page.locator('[name=treated]').pressSequentially('400');
    await page.keyboard.press('Control+z');
    assert.notEqual(await page.locator('[name=treated]').inputValue(), '400');
    await button(page, 'Undo: a number typed in').waitFor();
  });
});
