// Tables as CSV: what a spreadsheet reads is what was meant, and nothing in it is worked out.
import { expect } from 'chai';
import { csvOf } from '../../web/src/desk/csv.ts';

const lines = (rows: (string | number)[][]) =>
  csvOf(rows)
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(0, -1);

describe('a table as CSV', () => {
  it('begins with the mark of UTF-8, and ends each row as spreadsheets do', () => {
    expect(
      csvOf([
        ['日期', '合格'],
        ['2022-11-18', 216],
      ]),
    ).to.equal('\uFEFF日期,合格\r\n2022-11-18,216\r\n');
  });

  it('quotes what would break a row', () => {
    expect(lines([['监督员, 红袖标', '说 "好"', 'a\nb']])).to.deep.equal([
      '"监督员, 红袖标","说 ""好""","a\nb"',
    ]);
  });

  it('starts no formula, and leaves figures alone', () => {
    expect(lines([['=1+1', '+86', '-1', '@sum', '\t=1', -1]])).to.deep.equal([
      "'=1+1,'+86,'-1,'@sum,'\t=1,-1",
    ]);
  });
});
