// A photo as a page shows it: what it is called there, and whether its bytes have come.
export type ShownPhoto = { sha256: string; present: boolean; lost?: boolean; caption: string };
