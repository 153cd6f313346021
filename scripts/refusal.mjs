/** Why a command does not go on, in one sentence for the person who typed it: printed alone, without a stack, with exit code 1. */
export class Refusal extends Error {}
