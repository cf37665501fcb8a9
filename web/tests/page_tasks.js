// The tasks of the page's own thread while something happens, out of Chromium's trace: how long each took by the clock,
// and how long the thread itself was at work, which is what counts where the machine has other work, too.

// Of tasks alone: what says more of them (INSIDE=1) has the engine collect positions for stacks, half as much again.
const categories = [
  "toplevel",
  "blink.user_timing",
  ...(process.env.INSIDE ? ["devtools.timeline", "disabled-by-default-devtools.timeline"] : []),
];

// What a task did, by the largest of what it is made of.
const parts = new Set([
  "FunctionCall",
  "EvaluateScript",
  "Layout",
  "UpdateLayoutTree",
  "PrePaint",
  "Paint",
  "ParseHTML",
]);

const threadMark = "detente:tasks";

export async function tasksOf(browser, page, act) {
  await browser.startTracing(page, { categories });
  const value = await act();
  await page.evaluate((mark) => performance.mark(mark), threadMark);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  // The page's own thread by the page's own mark: the browser has pages of its own, a new tab's, beside it.
  const mains = new Set(traceEvents.filter((e) => e.name === threadMark).map((e) => `${e.pid}/${e.tid}`));
  if (mains.size !== 1) throw new Error(`${mains.size} threads have the mark ${threadMark}`);
  const here = traceEvents.filter((e) => e.ph === "X" && mains.has(`${e.pid}/${e.tid}`));
  const tasks = here
    .filter((e) => e.name === "ThreadControllerImpl::RunTask")
    .map((e) => ({
      at: e.ts,
      end: e.ts + e.dur,
      thread: `${e.pid}/${e.tid}`,
      clock: e.dur / 1e3,
      work: (e.tdur ?? e.dur) / 1e3,
    }));
  const longest = (of) => tasks.reduce((a, b) => (b[of] > a[of] ? b : a), { clock: 0, work: 0, at: 0, end: 0 });
  const inside = (task) =>
    here
      .filter(
        (e) => parts.has(e.name) && `${e.pid}/${e.tid}` === task.thread && e.ts >= task.at && e.ts + e.dur <= task.end,
      )
      .sort((a, b) => b.dur - a.dur)
      .slice(0, 4)
      .map(
        (e) =>
          `${e.name} ${(e.dur / 1e3).toFixed(0)} ms, work ${((e.tdur ?? e.dur) / 1e3).toFixed(0)} ms` +
          (e.args?.data?.functionName ? ` (${e.args.data.functionName}:${e.args.data.lineNumber})` : ""),
      );
  const byClock = longest("clock");
  return {
    value,
    work: longest("work").work,
    clock: byClock.clock,
    inside: inside(byClock),
  };
}
