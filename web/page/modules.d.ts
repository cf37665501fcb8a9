// Modules that the build provides (build.js).
declare module "engine" {
  const createEngine: (options: object) => Promise<object>;
  export default createEngine;
}
declare module "detente:data" {
  const data: import("./model/catalogue.ts").Catalogue;
  export default data;
}
