// PDFs drawn in a process of their own: one that fails takes no other along.
import { expect } from 'chai';
import { makePdf, type PdfContent, stopDrawing } from '../../server/lib/chinese-pdf.ts';
import { textOf } from '../support/pdf.ts';

const document = (content: PdfContent['content']): PdfContent => ({
  title: '示例',
  pageSize: 'A4',
  content,
  footer: '第 {page} / {pages} 页',
});

describe('a PDF with Chinese text', () => {
  it('says what it was given, page by page, and what no font holds', async () => {
    const pages = await textOf(await makePdf(document(['名单𠮷', { text: '第二页', pageBreak: 'before' }])));
    expect(pages).to.have.length(2);
    expect(pages[0]).to.include('名单〓').and.to.include('第 1 / 2 页');
    expect(pages[1]).to.include('第二页').and.to.include('〓 = U+20BB7').and.to.include('第 2 / 2 页');
  });

  it('that nobody can be started to draw is an error and no more, and the next one is drawn all the same', async () => {
    await makePdf(document(['这一份照常']));
    const { execPath } = process;
    stopDrawing();
    process.execPath = '/nowhere/node';
    try {
      const failure = await makePdf(document(['没有人画'])).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(Error);
    } finally {
      process.execPath = execPath;
    }
    expect(await textOf(await makePdf(document(['还在'])))).to.have.length(1);
  });

  it('that cannot be drawn is an error, and the next one is drawn all the same', async () => {
    const broken = document([{ image: 'data:image/jpeg;base64,AAAA' }]);
    const failure = await makePdf(broken).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
    expect(await textOf(await makePdf(document(['还在'])))).to.have.length(1);
  });
});
