/** What Mingdan uses of pdfmake 0.3; its published types bring the browser's along. */
declare module 'pdfmake' {
  const pdfmake: {
    virtualfs: { writeFileSync(name: string, bytes: Buffer): void };
    setFonts(fonts: Record<string, { normal: string; bold: string }>): void;
    addTableLayouts(layouts: Record<string, object>): void;
    setUrlAccessPolicy(isAllowed: (url: string) => boolean): void;
    setLocalAccessPolicy(isAllowed: (path: string) => boolean): void;
    createPdf(document: object): { getBuffer(): Promise<Buffer> };
  };
  export = pdfmake;
}
