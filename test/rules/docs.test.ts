// The documentation says what is: files, scripts, settings and routes that it names exist, and all that it must name it names.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { allRoutes } from '../../routes/index.ts';
import { rolesWith } from '../../server/domain/abilities.ts';
import type { Route } from '../../server/http/define-route.ts';

const read = (file: string) => readFileSync(file, 'utf8');

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) return markdownIn(inside);
    return entry.name.endsWith('.md') ? [inside] : [];
  });
}

const top = readdirSync('.').filter((name) => name.endsWith('.md'));
const pages = [...top, ...markdownIn('docs'), 'uploads/README.md'];

/** What stands between backticks outside of blocks. */
const spansOf = (text: string) =>
  [...text.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);

/** What is wrong on any page, said with the page. */
const wrongOnPages = (wrongIn: (text: string, page: string) => string[]) =>
  pages.flatMap((page) => wrongIn(read(page), page).map((what) => `${page}: ${what}`));

describe('the documentation', () => {
  it('names files and folders that exist', () => {
    const ours = /^(server|models|routes|web|test|bench|docs|deploy|bin)(\/[\w./-]+)?$/;
    const missing = (text: string) => spansOf(text).filter((span) => ours.test(span) && !existsSync(span));
    expect(wrongOnPages(missing)).to.deep.equal([]);
  });

  it('links to pages and headings that exist', () => {
    const broken = (text: string, page: string) => {
      const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)/g)];
      const leadNowhere = links.filter(([, file = '', heading = '']) => {
        const target = file === '' ? page : path.join(path.dirname(page), file);
        return !existsSync(target) || (heading !== '' && !anchorsOf(target).includes(heading));
      });
      return leadNowhere.map(([link]) => link);
    };
    expect(wrongOnPages(broken)).to.deep.equal([]);
  });

  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const unknown = (text: string) => {
      const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script = '']) => script);
      return named.filter((script) => !(script in scripts));
    };
    expect(wrongOnPages(unknown)).to.deep.equal([]);
  });

  it('knows no folder of one machine only', () => {
    const places = /(?:^|[\s`'"(=])\/(?:home|root|Users|work|tmp|mnt|srv)\/\S*/gm;
    expect(wrongOnPages((text) => text.match(places) ?? [])).to.deep.equal([]);
  });

  for (const page of ['README.md', 'README.zh-CN.md'])
    it(`in ${page} tells every setting in its table`, () => {
      const source = read('server/lib/config.ts');
      const settings = [...source.matchAll(/env\.([A-Z_]+)|\(env, '([A-Z_]+)'/g)].map(
        ([, a, b]) => a ?? b ?? '',
      );
      expect(settings).to.include.members(['PORT', 'MONGODB_URI', 'SEED_NOW']);
      const cells = read(page).matchAll(/^\| (`[^|]*)\|/gm);
      const told = [...cells].flatMap(([, cell = '']) => spansOf(cell));
      expect([...new Set(settings)].filter((name) => !told.includes(name))).to.deep.equal([]);
    });
});

/** As GitHub makes anchors of headings. */
function anchorsOf(page: string): string[] {
  const headings = read(page).matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the table of routes in docs/api.md', () => {
  const roleOf: Record<string, string> = {
    M: 'merchant',
    K: 'link',
    I: 'inspector',
    S: 'staff',
    A: 'approver',
    U: 'auditor',
    D: 'admin',
  };
  const signedIn = 'merchant inspector staff approver auditor admin';

  /** `GET /orders/{id}` → who, as the table says it. */
  function told(): Map<string, string> {
    const rows = read('docs/api.md').matchAll(/^\| ((?:GET|POST|PATCH|PUT|DELETE|HEAD) .*?) \| +(.*?) +\|/gm);
    const routes = new Map<string, string>();
    for (const [, what = '', who = ''] of rows) {
      let method = '';
      for (const [, verb, place] of what.matchAll(/\b([A-Z]{3,6})\b|`([^`?]+)(?:\?[^`]*)?`/g)) {
        if (verb !== undefined) method = verb;
        else routes.set(`${method} ${place ?? ''}`, who);
      }
    }
    return routes;
  }

  const keyOf = ({ method, path: place }: Route) => `${method.toUpperCase()} ${place}`;

  it('holds every route there is, and no other', () => {
    expect([...told().keys()].toSorted()).to.deep.equal(allRoutes.map(keyOf).toSorted());
  });

  it('says of each who may come', () => {
    const wrong = allRoutes.flatMap((route) => {
      const who = told().get(keyOf(route)) ?? '';
      const letters: string[] = who.match(/\b[A-Z]\b/g) ?? [];
      const roles =
        who === 'signed in' ? signedIn.split(' ') : letters.flatMap((letter) => roleOf[letter] ?? []);
      const may = route.permission === 'public' ? [] : rolesWith(route.permission);
      const isPublic = letters.includes('P') === (route.permission === 'public');
      return isPublic && roles.toSorted().join() === may.toSorted().join() ? [] : [`${keyOf(route)}: ${who}`];
    });
    expect(wrong).to.deep.equal([]);
  });
});
