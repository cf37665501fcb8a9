import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["types/", "node_modules/"] },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  { files: ["report/**", "tests/browser.test.js"], languageOptions: { globals: globals.browser } },
  { files: ["*.js", "tests/**", "tools/**"], languageOptions: { globals: globals.node } },
];
