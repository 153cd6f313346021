/** A page that the reader's role does not open; the bar above it stays. */
export { ForbiddenPage as default } from "@/components/layout/forbidden-page";
