/** How a class of places is drawn: the fill of its area, and a sign on it, so that no colour is needed. */
export type Look = {
  /** Class names of the area; `fill` is a pattern, where no class says it. */
  className: string;
  fill?: string;
  /** Class names of the sign. */
  ink: string;
  /** One or two characters; empty where the area alone says it. */
  sign: string;
  /** Class names of a plain ground for code and sign, where the area has a pattern. */
  plate?: string;
};

/** A state on a drawing. */
export type Place = {
  /** ISO 3166 alpha-3. */
  code: string;
  /** What it is and what is said of it, in words: "Denmark: supports, own voice, 2017". */
  title: string;
  /** Where that can be read in full. */
  href: string;
  look: Look;
  /** Drawn apart from the members: with round corners, or with a ring. */
  observer?: boolean;
};
