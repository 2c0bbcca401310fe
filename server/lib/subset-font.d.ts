/** The package brings no types. */
declare module 'subset-font' {
  /** A font with the glyphs of `text` only; `variationAxes` pins a variable one to an instance. */
  function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: 'truetype'; variationAxes?: Record<string, number> },
  ): Promise<Buffer>;
  export = subsetFont;
}
