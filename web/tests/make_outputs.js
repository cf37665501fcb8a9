// Answers the studies and runs the commands whose outputs the tests look at:
//   node make_outputs.js DETENTE FOLDER
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [detente, folder] = process.argv.slice(2).map((path) => resolve(path));
const root = fileURLToPath(new URL("../../", import.meta.url));
const made = join(root, "web/tests/studies");

// 2: some part was not answered, which the results say.
function run(args, allowed = [0]) {
  try {
    return execFileSync(detente, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if (allowed.includes(error.status)) return error.stdout;
    throw new Error(`detente ${args.join(" ")}: exit status ${error.status}\n${error.stderr}`);
  }
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

for (const map of ["four", "one"])
  run(["economy", "aggregate", "us-china-2017", "--map", join(made, `${map}.toml`), "-o", `${map}.nc`]);
for (const study of readdirSync(made).filter((name) => !["four.toml", "one.toml"].includes(name))) {
  // A study's paths are relative to it: it lies beside the economies, and its ledger lies in the source.
  const text = readFileSync(join(made, study), "utf8").replaceAll("../../../ledgers", join(root, "ledgers"));
  writeFileSync(join(folder, study), text);
  run(["run", study, "--out", basename(study, ".toml"), "--quiet"], study === "every-question.toml" ? [2] : [0]);
}
run(["run", "every-question.toml", "--out", "again/every-question", "--threads", "1", "--quiet"], [2]);
for (const where of ["studies", "studies/replication"])
  for (const study of readdirSync(join(root, where)).filter((name) => name.endsWith(".toml")))
    run(["run", join(root, where, study), "--out", basename(study, ".toml"), "--quiet"]);

const write = (name, args) => writeFileSync(join(folder, name), run([...args, "--json"]));
const payoffs = join(root, "studies/payoffs/prisoners-dilemma.csv");
writeFileSync(join(folder, "pennies.csv"), "a,b,u_a,u_b\nx,x,1,-1\nx,y,-1,1\ny,x,-1,1\ny,y,1,-1\n");
write("game.json", ["game", "--payoffs", payoffs, "--discount", "0.9"]);
write("game-lapses.json", [
  "game",
  "--payoffs",
  payoffs,
  "--discount",
  "0.9",
  "--discount-b",
  "0.8",
  "--fidelity",
  "0.95",
]);
write("game-channel.json", [
  "game",
  "--payoffs",
  payoffs,
  "--discount",
  "0.9",
  "--fidelity",
  "0.9",
  "--accuracy",
  "0.8",
]);
write("game-impatient.json", ["game", "--payoffs", payoffs, "--discount", "0.1"]);
write("game-unreliable.json", ["game", "--payoffs", payoffs, "--discount", "0.9", "--fidelity", "0.3"]);
write("game-no-dilemma.json", ["game", "--payoffs", "pennies.csv"]);
write("tournament.json", ["tournament"]);
write("tournament-played.json", ["tournament", "--turns", "50", "--repetitions", "3", "--strategies", "TFT,ALLD,WSLS"]);
write("track-phase-one.json", ["track", join(root, "ledgers/phase-one.toml"), "--as-of", "2021-06-30"]);
write("track-busan.json", ["track", join(root, "ledgers/busan.toml"), "--as-of", "2026-07-24"]);
for (const episode of ["2017-19", "2024-25"])
  write(`validate-${episode}.json`, ["validate", join(root, `episodes/us-china-2017/${episode}.toml`)]);
