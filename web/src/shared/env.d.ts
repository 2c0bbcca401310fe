// What the build tool makes of imports that are no code.
declare module '*.svg?raw' {
  const text: string;
  export default text;
}
declare module '@zxing-reader?url' {
  const address: string;
  export default address;
}
