// What the words of a row refer to: subdistricts, categories and sites, by code or by name, loaded once for a file.
import { type Area, AreaModel } from '../../models/area.ts';
import { type Category, CategoryModel } from '../../models/category.ts';
import { type Site, SiteModel } from '../../models/site.ts';
import { foldedHeader } from './list-columns.ts';

export type Subdistrict = Pick<Area, '_id' | 'name' | 'path'>;
export type Reference = {
  subdistricts: Map<string, Subdistrict>;
  subdistrictsNamed(name: string): Subdistrict[];
  categories: Map<string, Category>;
  categoriesNamed(name: string): Category[];
  sites: Map<string, Site>;
  sitesNamed(name: string): Site[];
};

/** 靖宇街道 is written 靖宇 as well. */
const kindOfArea = /(街道办事处|街道办|街道|镇|乡)$/;

export async function loadImportReference(): Promise<Reference> {
  const areas = await AreaModel.find({ level: 'subdistrict' }, { name: 1, path: 1 }).lean<Subdistrict[]>();
  const categories = await CategoryModel.find().lean<Category[]>();
  const sites = await SiteModel.find().lean<Site[]>();
  return referenceOf(areas, categories, sites);
}

export function referenceOf(areas: Subdistrict[], categories: Category[], sites: Site[]): Reference {
  const short = (name: string) => foldedHeader(name).replace(kindOfArea, '');
  const areasByName = grouped(areas, ({ name }) => [foldedHeader(name)]);
  const areasByShort = grouped(areas, ({ name }) => [short(name)]);
  const categoriesByName = grouped(categories, ({ name }) => [foldedHeader(name.zh), foldedHeader(name.en)]);
  const sitesByName = grouped(sites, ({ name }) => [foldedHeader(name)]);
  return {
    subdistricts: byId(areas),
    subdistrictsNamed: (name) => areasByName.get(foldedHeader(name)) ?? areasByShort.get(short(name)) ?? [],
    categories: byId(categories),
    categoriesNamed: (name) => categoriesByName.get(foldedHeader(name)) ?? [],
    sites: byId(sites),
    sitesNamed: (name) => sitesByName.get(foldedHeader(name)) ?? [],
  };
}

const byId = <T extends { _id: string }>(records: T[]) =>
  new Map(records.map((record) => [record._id, record]));

function grouped<T>(records: T[], namesOf: (record: T) => string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const record of records)
    for (const name of new Set(namesOf(record))) groups.set(name, [...(groups.get(name) ?? []), record]);
  return groups;
}
