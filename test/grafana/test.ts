import { test as base } from '@grafana/plugin-e2e';

export { expect } from '@grafana/plugin-e2e';

/** Signs in anew for every test: Grafana changes a session's cookie every ten minutes, and then a kept one is worth nothing. */
export const test = base.extend({
  storageState: async ({ playwright, baseURL, grafanaAPICredentials }, provide) => {
    const request = await playwright.request.newContext({ baseURL });
    const answer = await request.post('/login', { data: grafanaAPICredentials });
    if (!answer.ok()) {
      throw new Error(
        `Grafana did not let ${grafanaAPICredentials.user} in: ${answer.status()} ${await answer.text()}`
      );
    }
    await provide(await request.storageState());
    await request.dispose();
  },
});
