import { expect, test } from './test.js';
import { SOURCE_TYPE } from './service.js';

const url = process.env.JOBLENS_URL_FROM_GRAFANA ?? process.env.JOBLENS_URL ?? 'http://127.0.0.1:8080';

test('the config page says whether the service answers, and what to mend', async ({
  createDataSourceConfigPage,
  page,
}) => {
  const config = await createDataSourceConfigPage({ type: SOURCE_TYPE });
  const address = page.getByRole('textbox', { name: /Address/ });

  const saveAndTest = page.getByRole('button', { name: 'Save & test' });

  await address.fill('http://127.0.0.1:9');
  await saveAndTest.click();
  await expect(config).toHaveAlert('error', { hasText: "can't be reached" });
  await expect(page.getByText(/Nothing listens/).first()).toBeVisible();

  await address.fill(url);
  if (process.env.JOBLENS_READ_TOKEN) {
    await page.getByLabel('Token', { exact: true }).fill(process.env.JOBLENS_READ_TOKEN);
  }
  await saveAndTest.click();
  await expect(config).toHaveAlert('success', { hasText: 'Joblens answers' });
});
