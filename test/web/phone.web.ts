// The inspector's phone when things go wrong: resumed photos, and a server that was away.
import { expect } from 'chai';
import { origin } from '../support/app.ts';
import { beginVisit, faultyVisit, inTheStreet, passTheRest, seal, visitThat } from '../support/street.ts';

inTheStreet('the inspector’s phone, further', (street) => {
  it('sends only photos 3 and 4 after the network broke off behind photo 2 of 4', async () => {
    const { context, page } = street.phone;
    street.phone.expects(/net::ERR_FAILED/);
    await faultyVisit(street.phone);
    let passed = 0;
    const sent: string[] = [];
    await context.route('**/api/v1/photos', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      if (passed >= 2) return route.abort();
      passed += 1;
      return route.continue();
    });
    await seal(street.phone);
    await visitThat(({ photos }) => photos.filter((one) => one.present).length === 2);
    await street.phone.restart({ offline: true });
    street.phone.context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/v1/photos')) sent.push(request.url());
    });
    await street.phone.page.goto(`${origin()}/inspect`);
    await street.phone.context.setOffline(false);
    await visitThat(({ state }) => state === 'complete');
    expect(sent).to.have.length(2);
    expect(page.isClosed()).to.equal(true);
  });

  it('drains by itself once the server is back, and refuses to log out before', async () => {
    const { context } = street.phone;
    street.phone.expects(/status of 503/);
    let away = true;
    await context.route('**/api/v1/visits', (route) =>
      away ? route.fulfill({ status: 503, headers: { 'Retry-After': '2' } }) : route.continue(),
    );
    await beginVisit(street.phone);
    await passTheRest(street.phone);
    await seal(street.phone);
    await street.phone.page.getByText('已存本机').waitFor();
    await street.phone.page.goto(`${origin()}/inspect/outbox`);
    await street.phone.page.getByText('排队').first().waitFor();
    await street.phone.page.getByRole('button', { name: '退出登录' }).click();
    await street.phone.page.getByText('暂时不能退出').first().waitFor();
    away = false;
    await visitThat(({ result }) => result === 'passed');
    await street.phone.page.getByText('齐全').first().waitFor();
  });
});
