import { Brand } from "@/components/layout/brand";

/** The head of pages that nobody is signed in to: the product's name alone. */
export function BrandBar() {
  return (
    <header className="flex min-h-12 items-center border-b border-line bg-surface px-4 sm:px-6">
      <Brand />
    </header>
  );
}
