import { Tabs } from "@/components/layout/tabs";

/** The views of where actors stand, in the order of their tabs. */
const VIEWS = [
  { label: "Matrix", href: "/positions" },
  { label: "Map", href: "/map" },
  { label: "Trends", href: "/trends" },

  { label: "Compare", href: "/compare" },
  { label: "Shifts", href: "/shifts" },
] as const;

export type StandsView = (typeof VIEWS)[number]["href"];

/** From one view of where actors stand to the others. */
export function StandsTabs({ current }: { current: StandsView }) {
  return (
    <Tabs
      label="Views of positions"
      tabs={VIEWS.map(({ label, href }) => ({ label, href, current: href === current }))}
    />
  );
}
