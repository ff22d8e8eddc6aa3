import { expect, test } from './test.js';
import { SOURCE_NAME } from './service.js';

test('a variable offers the values of a field', async ({ variableEditPage, page }) => {
  await variableEditPage.setVariableType('Query');
  await variableEditPage.datasource.set(SOURCE_NAME);
  await page.getByRole('combobox', { name: 'Field' }).first().click();
  await page.getByRole('option', { name: /^Type/ }).first().click();
  await variableEditPage.runQuery();
  await expect(variableEditPage).toDisplayPreviews(['etl', 'export']);
});

test('an annotation query marks runs', async ({ annotationEditPage, page }) => {
  await annotationEditPage.datasource.set(SOURCE_NAME);
  await expect(annotationEditPage.runQuery()).toBeOK();
  await expect(
    page
      .getByText(/events \(from/i)
      .or(page.getByText(/failed/i))
      .first()
  ).toBeVisible();
});
