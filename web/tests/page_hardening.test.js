// What careless and hostile readers bring (Vitest): titles that are formulas, names that are nowhere, questions that overlap.
import { describe, expect, test } from "vitest";
import { csv } from "../page/charts/numbers.ts";
import { pictureOf } from "../page/charts/picture.ts";
import { Cancelled, EngineClient } from "../page/engine/client.ts";
import { Runs } from "../page/engine/runs.ts";
import { linkOf, mostPins, stateFrom } from "../page/model/link.ts";
import { economyOf } from "../page/model/study.ts";
import { oneLine } from "../page/model/title.ts";
import { answerPins } from "../page/pins.ts";
import { plainRefusal } from "../page/model/refusal.ts";
import { headlineOf } from "../page/parts/headline.ts";
import { Question } from "../page/question.ts";

const turn = () => new Promise((done) => setTimeout(done));

// A page that has no files.
globalThis.document = { documentElement: {}, getElementById: () => null };
const { Answerer } = await import("../page/engine/answerer.ts");
const { Opener } = await import("../page/engine/opener.ts");
(await import("../page/language.ts")).speak("en");

describe("titles of readers", () => {
  const table = async (title) =>
    csv({ columns: [{ what: "Region" }, { what: title }], rows: [[title, -1.5]] }, [["scenario", `x, ${title}`]]);
  test.each([
    ["=HYPERLINK(1)", "# scenario: x, '=HYPERLINK(1)\r\nRegion,'=HYPERLINK(1)\r\n'=HYPERLINK(1),-1.5\r\n"],
    ["+1,@SUM(A1)", "# scenario: x, '+1,'@SUM(A1)\r\nRegion,\"'+1,@SUM(A1)\"\r\n\"'+1,@SUM(A1)\",-1.5\r\n"],
    ["Plan #2", '# scenario: x, Plan #2\r\nRegion,"Plan #2"\r\n"Plan #2",-1.5\r\n'],
    ["a; =b", "# scenario: x, a; '=b\r\nRegion,a; =b\r\na; =b,-1.5\r\n"],
  ])("are no formulas and no comments in a table: %s", async (title, text) => {
    expect(await table(title)).toBe(`\ufeff${text}`);
  });
  test("leave a picture XML, whatever they hold", () => {
    const colours = { ink: "#000", paper: "#fff", axis: "#888" };
    const { text } = pictureOf({
      ...{ width: 300, height: 100, legend: [], caption: "", source: [], colours },
      title: 'a\u0000b\u0007c\ud800d\ufffe <&" 😀',
      chart: "<g>\u0001</g>",
    });
    expect(text).toMatch(/>abcd &#60;&#38;&#34; 😀</);
    expect(text).toContain("<g></g>");
  });
  test("come from a link on one line and without control characters", () => {
    const [pin] = stateFrom("#model=x&pin=%00a%0Ab%07:USA~CHN~goods~add=1").pins;
    expect(pin.title).toBe("a b");
    expect(() => stateFrom("#pin=abc")).toThrow("abc");
  });
});

describe("texts from elsewhere", () => {
  test.each(["a\nb\u202e\u0000c", " a \t b\u2066c ", "a\ud800b\u200fc"])(
    "stand on one line, as they are read",
    (text) => {
      expect(oneLine(text)).toBe("a b c");
    },
  );
  test("numbers are decimal, options have names, and what is no text is quoted as it came", () => {
    for (const bad of ["0x10", "", " ", "1e999", "--1", "Infinity", "nan"])
      expect(() => stateFrom(`#scenario=USA~CHN~goods~add=${bad}`), bad).toThrow("needs a number");
    expect(stateFrom("#scenario=USA~CHN~goods~add=-1.5e-1").scenario.rows[0].add).toBe(-0.15);
    expect(() => stateFrom("#model=ricardian,__proto__:1")).toThrow("__proto__");
    expect(() => stateFrom("#scenario=%E0%A4%A")).toThrow("%E0%A4%A");
  });
  test.each([
    ['title = "a"\n[economy]\n# b\nname = "x"', "x"],
    ["[economy]\nhorizon = \"long\"\n\n  name='x'", "x"],
    ['economy = { horizon = "long", name = "x" }', "x"],
    ['economy.name = "x"', "x"],
    ['[model]\nname = "y"\n[economy]\n[[scenario]]\nname = "z"', undefined],
    ['[[scenario]]\nname = "economy"\n', undefined],
    ["", undefined],
  ])("the economy of a study: %j", (study, name) => expect(economyOf(study)).toBe(name));
  test("it is found at once in a study of any make", () => {
    // A pattern that goes back and forth takes minutes over these.
    for (const line of ["\n", " \n", "[economy]\n", "economy = {\n", "name\n", ", ", "[["])
      expect(economyOf(line.repeat(300_000)), JSON.stringify(line)).toBeUndefined();
  });
});

test("what the command would do is no advice to a page", () => {
  const said = "settings: economy: the base, before any scenario: no; `detente economy aggregate` merges them";
  expect(plainRefusal(said, () => undefined)).toBe("no");
});

describe("a headline of almost nothing", () => {
  const headline = (welfare) => {
    const outcome = {
      regions: Object.fromEntries(Object.entries(welfare).map(([r, v]) => [r, { welfare_percent: v, ev: 0 }])),
    };
    const regions = Object.keys(welfare);
    const said = headlineOf({
      facts: { economy: { regions }, factor: 0, bySize: regions },
      now: { title: "", outcome },
      pinned: [],
      parties: [],
      state: { compare: "level" },
    });
    return said.headline.replaceAll("\u00a0", " ");
  };
  test("says of no one that they gain what does not show", () => {
    expect(headline({ CHN: -0.0001, USA: 0.00001, JPN: -0.00001 })).toBe(
      "Real income falls most in China: −0.0001 %; nowhere does it rise by as much as is printed here.",
    );
    expect(headline({ CHN: 0.5, USA: -0.00001 })).toMatch(/^Real income rises most in China: .*; nowhere does it fall/);
    expect(headline({ CHN: -0.5, USA: -0.25 })).toMatch(/^Everyone loses/);
  });
});

// Answers when it is told to; every call is kept in its order.
function engineOf() {
  const heard = [];
  const client = new EngineClient(Promise.resolve("module"), () => {
    const worker = { onmessage: null, ended: false };
    worker.postMessage = (m) => {
      const reply = (r) => queueMicrotask(() => !worker.ended && worker.onmessage({ data: { id: m.id, ...r } }));
      heard.push({ ...m, reply });
      if (m.call === "configure" && m.argument.model.kind === "bad") reply({ error: "no such model" });
      else if (m.call === "open") reply({ answer: { regions: [m.name], sectors: [], unit: "" }, milliseconds: 1 });
      else if (m.call !== "run") reply({ answer: { base: m.argument }, milliseconds: 1 });
    };
    worker.terminate = () => (worker.ended = true);
    return worker;
  });
  return { client, heard, calls: () => heard.map((m) => m.call) };
}

describe("an engine that is opened", () => {
  const files = { bytes: new Uint8Array(4) };
  const a = { economy: "a", model: "ricardian" };
  test("is asked in one go, and not again for what it is already", async () => {
    const { client, heard, calls } = engineOf(),
      opener = new Opener(client);
    const [one, other] = [opener.open(a, files), opener.open({ ...a, economy: "b" }, files)];
    expect((await one).facts.economy.regions).toEqual(["a"]);
    expect((await other).facts.economy.regions).toEqual(["b"]);
    expect(calls().filter((c) => c !== "models")).toEqual(["start", "open", "configure", "open", "configure"]);
    const before = heard.length;
    expect(await opener.open({ ...a, economy: "b" }, files)).toBe(await other);
    expect(heard).toHaveLength(before);
    await opener.open({ ...a, economy: "b", model: "krugman" }, files);
    expect(calls().slice(before)).toEqual(["configure"]);
  });
  test("that refuses a model is opened again as it was", async () => {
    const { client, calls } = engineOf(),
      opener = new Opener(client);
    await opener.open(a, files);
    const before = calls().length;
    await expect(opener.open({ economy: "b", model: "bad" }, files)).rejects.toThrow("no such model");
    await opener.open(a, files);
    expect(calls().slice(before)).toEqual(["open", "configure", "open", "configure"]);
    expect(client.economy).toBe("a");
  });
});

describe("pins", () => {
  const pin = (title, model = "ricardian") => ({ title, model, scenario: { schedules: [], rows: [] } });
  const bench = (client) => ({
    engine: client,
    present: { model: "ricardian" },
    base: undefined,
    asked: (scenario) => scenario,
    bring: async () => {},
  });
  test("that ask the same are answered once, each with its title; one that is refused is so for all who ask it", async () => {
    const { client, calls } = engineOf();
    await client.open(new Uint8Array(1), "a");
    const pins = [...Array.from({ length: 300 }, (_, k) => pin(`p${k}`)), pin("x", "bad"), pin("y", "bad")];
    const { solved, failures } = await answerPins(pins, [], bench(client));
    expect(calls().filter((c) => c === "solve")).toHaveLength(2);
    expect(solved.map((s) => s.title)).toEqual(pins.slice(0, 300).map((p) => p.title));
    expect([...failures.keys()].map((p) => p.title)).toEqual(["x", "y"]);
  });
  test("are so many in an address as have room, and the others are said", async () => {
    const { addressOf } = await import("../page/model/address.ts");
    const { state, unfit } = addressOf(`#${"pin=:USA~CHN~goods~add=1&".repeat(mostPins + 3)}`, ["outcome"]);
    expect(state.pins).toHaveLength(mostPins);
    expect(unfit).toEqual([`3 pins more than the ${mostPins} that have room`]);
    // One without a title has the name of any scenario of the reader's.
    expect(state.pins[0].title).toMatch(/\S/);
    expect(stateFrom(linkOf(state)).pins).toHaveLength(mostPins);
  });
});

describe("longer questions", () => {
  // A run takes until `finish`.
  function bench() {
    const runs = [],
      cancelled = [];
    const by = {
      run: (text, _name, progress, wanted) =>
        new Promise((done, failed) => {
          runs.push({ text, progress, wanted, finish: () => done({ of: text }), fail: failed });
        }),
      client: {
        cancel: () => {
          cancelled.push(runs.at(-1).text);
          runs.at(-1).fail(new Cancelled());
        },
      },
    };
    return { runs, cancelled, queue: new Runs(by) };
  }
  test("wait for each other, and none ends another's", async () => {
    const { runs, cancelled, queue } = bench();
    const study = new Question(queue),
      relation = new Question(queue);
    const first = study.ask({ text: "study", name: "s" });
    await turn();
    const second = relation.ask({ text: "relation", name: "r" });
    await turn();
    expect([study.waits, relation.waits]).toEqual([false, true]);
    expect(runs.map((r) => r.text)).toEqual(["study"]);
    // One that waits is ended without the one that runs.
    relation.end();
    await second;
    expect(relation.state).toBe("cancelled");
    const third = relation.ask({ text: "again", name: "r" });
    runs[0].finish();
    expect((await first).results).toEqual({ of: "study" });
    await turn();
    expect(runs.map((r) => r.text)).toEqual(["study", "again"]);
    expect(relation.waits).toBe(false);
    runs[1].finish();
    expect((await third).results).toEqual({ of: "again" });
    expect(cancelled).toEqual([]);
  });
  test("of one part: the newest ends the one before, which says nothing any more", async () => {
    const { runs, cancelled, queue } = bench(),
      question = new Question(queue),
      states = [];
    question.changed = () => states.push(question.state);
    const first = question.ask({ text: "one", name: "q" });
    await turn();
    const second = question.ask({ text: "two", name: "q" });
    await turn();
    expect(cancelled).toEqual(["one"]);
    expect(await first).toBeUndefined();
    runs[0].progress({ what: "late", done: 1, total: 2 });
    expect(question.progress).toBeUndefined();
    runs[1].finish();
    await second;
    expect(question.answer.results).toEqual({ of: "two" });
    expect(states).not.toContain("cancelled");
  });
  test("keep their answer when the next one fails, and know of it", async () => {
    const { runs, queue } = bench(),
      question = new Question(queue);
    const first = question.ask({ text: "good", name: "q", note: 7 });
    await turn();
    runs[0].finish();
    await first;
    const second = question.ask({ text: "bad", name: "q" });
    await turn();
    runs[1].fail(new Error("line 3"));
    await second;
    expect([question.state, question.reason, question.answer.text, question.answer.note]).toEqual([
      "failed",
      "line 3",
      "good",
      7,
    ]);
    question.forget();
    expect([question.state, question.answer]).toEqual(["nothing", undefined]);
  });
});

test("an engine for longer answers that is forgotten while it is being prepared is prepared as the page is then", async () => {
  const { client, heard } = engineOf();
  let economy = "a";
  const by = new Answerer(client, () => ({
    economy,
    bytes: new Uint8Array(1),
    configuration: { model: { kind: economy } },
  }));
  Object.assign(by, { texts: Promise.resolve([]) });
  const first = by.prepared();
  economy = "b";
  by.forget();
  const second = by.prepared();
  await expect(first).rejects.toBeInstanceOf(Cancelled);
  await second;
  expect(heard.filter((m) => m.call === "open").map((m) => m.name)).toEqual(["b"]);
  expect(client.configured).toEqual({ model: { kind: "b" } });
});
