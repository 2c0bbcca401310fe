// The documentation that is served: made from the routes that validate, shown from our own origin.
import { expect } from 'chai';
import supertest from 'supertest';
import { allRoutes } from '../../routes/index.ts';
import { origin } from '../support/app.ts';

const bare = () => supertest(origin());

describe('the documentation of the API', () => {
  type Operation = {
    summary: string;
    security: unknown[];
    responses: Record<string, unknown>;
    operationId: string;
  };
  type OpenApi = { openapi: string; paths: Record<string, Record<string, Operation>> };
  const read = async (address: string) =>
    (await bare().get(address).expect(200).expect('Content-Type', /json/)).body as OpenApi;

  it('is OpenAPI 3.1, with and without the prefix', async () => {
    expect((await read('/openapi.json')).openapi).to.equal('3.1.0');
    expect(await read('/api/v1/openapi.json')).to.deep.equal(await read('/openapi.json'));
  });

  it('holds every route with its answers and problems, and nothing else', async () => {
    const { paths } = await read('/openapi.json');
    const told = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const routes = allRoutes.map(({ method, path, bare }) => `${method} ${bare ? '' : '/api/v1'}${path}`);
    expect(told.sort()).to.deep.equal(routes.sort());
    const operations = Object.values(paths).flatMap((item) => Object.values(item));
    for (const { summary, responses } of operations) {
      expect(summary).to.not.equal('');
      expect(Object.keys(responses)).to.include('400');
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).to.equal(operations.length);
  });

  it('says of each route whether it needs a token', async () => {
    const { paths } = await read('/openapi.json');
    expect(paths['/api/v1/status/{code}']?.get?.security).to.deep.equal([]);
    expect(paths['/api/v1/merchants']?.get?.security).to.deep.equal([{ bearer: [] }]);
  });

  it('is shown by a page that loads everything from here', async () => {
    const { text } = await bare().get('/docs').expect(200).expect('Content-Type', /html/);
    const loaded = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(loaded).to.have.length(3);
    for (const address of loaded) {
      expect(address).to.match(/^\/(?!\/)/);
      await bare().get(address).expect(200);
    }
    const { text: start } = await bare().get('/docs/start.js').expect(200);
    expect(start)
      .to.include('validatorUrl: null')
      .and.not.match(/https?:/);
  });
});
