// A token of the present theme, for what is drawn without a style sheet.
export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
