/** Why a file is not taken, in words for whoever sent it. Thrown by the modules that run in a child. */
export class Refused extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.name = "Refused";
  }
}
