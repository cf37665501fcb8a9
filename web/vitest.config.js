// Vitest for the page's own modules: what the build provides (page/build.js) is a small catalogue here.
import { defineConfig } from "vitest/config";

const catalogue = {
  engine: "0.1.0+0000abcd",
  economies: [{ name: "us-china-2017", hash: "0123456789ab" }],
  stories: {},
  schedules: {},
  elasticities: [],
};

export default defineConfig({
  plugins: [
    {
      name: "detente-data",
      resolveId: (id) => (id === "detente:data" ? "\0detente:data" : undefined),
      load: (id) => (id === "\0detente:data" ? `export default ${JSON.stringify(catalogue)}` : undefined),
    },
  ],
  test: {
    include: ["units", "levels", "variants", "hardening"].map((part) => `tests/page_${part}.test.js`),
    environment: "node",
  },
});
