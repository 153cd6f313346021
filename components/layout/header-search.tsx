"use client";

import Form from "next/form";
import { useEffect, useRef } from "react";
import { Kbd } from "@/components/ui/kbd";
import { isForPage } from "@/components/ui/single-keys";

/** The search field of the bar: `/` moves to it from anywhere. Works without JavaScript. */
export function HeaderSearch() {
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "/" || !isForPage(event)) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  return (
    <search className="ms-auto">
      <Form action="/search" prefetch={false} className="relative">
        <input
          ref={field}
          id="site-search"
          type="search"
          name="q"
          aria-label="Search the record"
          placeholder="Search the record"
          maxLength={500}
          autoComplete="off"
          className="input w-40 pe-8 lg:w-64"
        />
        <span aria-hidden="true" className="pointer-events-none absolute inset-y-0 end-2 flex items-center">
          <Kbd>/</Kbd>
        </span>
      </Form>
    </search>
  );
}
