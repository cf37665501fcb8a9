import js from "@eslint/js";
import globals from "globals";
import typescript from "typescript-eslint";

export default [
  { ignores: ["types/", "**/node_modules/"] },
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
  {
    files: ["report/**", "tests/browser.test.js", "tests/page_*.js", "tests/prose.js"],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["page/**/*.ts"],
    languageOptions: { parser: typescript.parser, globals: globals.browser },
    plugins: { typescript: typescript.plugin },
    // TypeScript knows its own names, and what of them is used.
    rules: {
      "no-undef": "off",
      "no-unused-vars": "off",
      "typescript/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  { files: ["*.js", "tests/**", "tools/**", "page/*.js"], languageOptions: { globals: globals.node } },
];
