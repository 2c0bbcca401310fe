// What the page and the photo worker say to one another.

export type PhotoJob = { id: number; picture: Blob; wantsTime: boolean };
export type ReducedPhoto = { bytes: ArrayBuffer; sha256: string; takenAt: string | null };
export type PhotoResult = { id: number; reduced: ReducedPhoto | null };
