import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { unstorable } from "@/lib/input";

const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 200;

// OWASP Password Storage Cheat Sheet: argon2id (the library's default) with 19 MiB, 2 passes, 1 lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash of the same cost that no password is known for: compared against where there is no account to compare with. */
const DECOY = "$argon2id$v=19$m=19456,t=2,p=1$fhrYh0KTwuGdmhEJjV+Svw$nipSVFnfA6s4X0Q90h6C5QYmBGgKQHT4xgqzGsqYuaA";

/** Keyboards differ in how they compose "é": the same keys must give the same password (NIST SP 800-63B, 3.1.1.2). */
function composed(password: string): string {
  return password.normalize("NFKC");
}

/** What is stored of a password: argon2id in PHC form. */
export async function hashPassword(password: string): Promise<string> {
  return hash(composed(password), COST);
}

/**
 * Whether a password is the right one. Takes the same time for an unknown account, an account without a password and a
 * wrong password: `storedHash` is null for the first two.
 */
export async function passwordMatches(storedHash: string | null, password: string): Promise<boolean> {
  // Nobody has such a password; hashing megabytes would be work that a stranger orders.
  const tried = password.length <= LONGEST_PASSWORD ? composed(password) : "";
  const right = await verify(storedHash ?? DECOY, tried);
  return right && storedHash !== null && tried !== "";
}

type Owner = { email: string; name: string };

/** Why a password may not be chosen, in a sentence that says what to do, or null. */
export async function passwordProblem(password: string, owner: Owner): Promise<string | null> {
  const characters = Array.from(password).length;
  if (characters < SHORTEST_PASSWORD) {
    return `Use at least ${SHORTEST_PASSWORD} characters: this password has ${characters}. Three or four unrelated words do well.`;
  }
  if (password.length > LONGEST_PASSWORD) return `Use at most ${LONGEST_PASSWORD} characters.`;
  const unusable = unstorable(password);
  if (unusable) return unusable;
  if (tellsItsOwner(password, owner)) {
    return "This password is made of your name or e-mail. Choose one that says nothing about you, for example three or four unrelated words.";
  }
  if (await isCommon(password)) {
    return "This password is among the first that a guesser tries. Three or four unrelated words are easier to keep and harder to guess.";
  }
  return null;
}

const folded = (text: string): string => text.normalize("NFKC").toLowerCase();

/** Whether somebody who knows the owner's name and e-mail knows most of the password. */
function tellsItsOwner(password: string, { email, name }: Owner): boolean {
  const text = folded(password).replace(/\s/g, "");
  const wholes = [email, name].map((whole) => folded(whole).replace(/\s/g, ""));
  if (wholes.some((whole) => whole.length >= 6 && text.includes(whole))) return true;
  const words = [email, name].flatMap((whole) => folded(whole).split(/[^\p{L}\p{N}]+/u));
  const known = words.filter((word) => word.length >= 3).toSorted((a, b) => b.length - a.length);
  const rest = known.reduce((left, word) => left.replaceAll(word, ""), text);
  return rest !== text && Array.from(rest).length < 8;
}

/** Below a million guesses (a password of a list, a keyboard row, a repeated word) throttling alone would not hold. */
const FEWEST_GUESSES = 1_000_000;

type Estimator = { check(password: string): { guesses: number } };
let estimator: Promise<Estimator> | null = null;

/** The word lists take 40 MB of memory: loaded when the first password is chosen, never by a process that needs none. */
async function loadEstimator(): Promise<Estimator> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, product: ["rostrum"] },
    graphs: common.adjacencyGraphs,
    // Its time grows faster than the length; what follows the 64th character only makes a password harder.
    maxLength: 64,
  });
}

async function isCommon(password: string): Promise<boolean> {
  estimator ??= loadEstimator();
  return (await estimator).check(composed(password)).guesses < FEWEST_GUESSES;
}
