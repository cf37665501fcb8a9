// Modules that the build provides (build.js).
declare module "engine" {
  const createEngine: (options: object) => Promise<object>;
  export default createEngine;
}
/** What a thread of the engine with threads runs; undefined in the engine without. */
declare module "engine:thread" {
  export const asThread: (() => void) | undefined;
}
declare module "detente:data" {
  const data: import("./model/catalogue.ts").Catalogue;
  export default data;
}
declare module "detente:shapes" {
  const world: { fineness: number; shapes: { code?: string; rings: number[][] }[] };
  export default world;
}
