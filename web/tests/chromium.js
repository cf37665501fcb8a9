// Debian's Chromium without a window, for every test that looks at a report or at the page.
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

function find(names) {
  for (const name of names)
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      continue;
    }
  return undefined;
}

const windowed = ["chromium", "chromium-browser", "google-chrome"];
/** Its path; undefined where there is none. Without the parts that only a window needs where Debian has it so: a third less work. */
export const program = find(["chromium-headless-shell", ...windowed]);
/** The whole browser, as readers have it: for measuring. */
export const whole = find(windowed) ?? program;
/** Why a test that needs it cannot run here; false where it can. */
export const noBrowser = program ? false : "no Chromium here: scripts/setup web installs it";

// WebAssembly as it is compiled first: the better code of a second pass costs more than short tests gain by it.
export const launch = (options = {}) =>
  chromium.launch({ executablePath: program, args: ["--no-sandbox", "--js-flags=--liftoff-only"], ...options });

/** What a page says on its console, its faults, and what it asks of any place but `home`: nothing, on a good day. */
export function heardOn(page, home) {
  const heard = [];
  page.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !(home && url.startsWith(home))) heard.push(`request: ${url}`);
  });
  return heard;
}
