import { TextLink } from "@/components/ui/text-link";

/** The name of the product, leading home. */
export function Brand() {
  return (
    <TextLink plain href="/" className="font-text text-section leading-none font-semibold text-ink hover:no-underline">
      Rostrum
    </TextLink>
  );
}
