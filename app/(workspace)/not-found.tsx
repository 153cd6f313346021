/** A record that is not there; the bar above it stays. */
export { MissingPage as default } from "@/components/layout/missing-page";
