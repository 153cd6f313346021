// What a start prints: one line per step that really does something, with the seconds it took.
import { SettingError } from "../lib/env";
import { Refusal } from "./refusal.mjs";

const seconds = (from: number) => `${((Date.now() - from) / 1000).toFixed(1)} s`;

/** A line of its own. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Runs a step and prints its name at once, its progress when it tells, and its time at the end.
 * `progress` replaces nothing: each call is a line below the name.
 */
export async function step<T>(name: string, work: (progress: (line: string) => void) => Promise<T>): Promise<T> {
  const from = Date.now();
  let told = false;
  process.stdout.write(`${name} …`);
  const progress = (line: string) => {
    process.stdout.write(`${told ? "" : "\n"}  ${line}\n`);
    told = true;
  };
  try {
    const result = await work(progress);
    process.stdout.write(told ? `  done in ${seconds(from)}\n` : ` ${seconds(from)}\n`);
    return result;
  } catch (error) {
    if (!told) process.stdout.write("\n");
    throw error;
  }
}

/** Prints why a command ends: a refusal as its sentence alone, anything else with its stack. */
export function printFailure(error: unknown): void {
  const expected = error instanceof Refusal || error instanceof SettingError;
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}
