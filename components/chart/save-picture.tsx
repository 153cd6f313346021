"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { pngBlob, saveAs, svgText } from "@/components/chart/picture";

type SavePictureProps = {
  /** Name of the file, without its ending. */
  name: string;
  /** The id of what holds the drawing. */
  picture: string;
};

/** Saves a drawing of the page as a file. It is made in the browser, so that it shows what the reader sees. */
export function SavePicture({ name, picture }: SavePictureProps) {
  const [refused, setRefused] = useState(false);
  const save = (ending: string, make: () => Blob | Promise<Blob>) => async () => {
    try {
      saveAs(`${name}.${ending}`, await make());
      setRefused(false);
    } catch {
      setRefused(true);
    }
  };
  const svg = () => new Blob([svgText(picture)], { type: "image/svg+xml" });
  return (
    <>
      <Button onClick={save("svg", svg)}>SVG</Button>
      <Button onClick={save("png", () => pngBlob(picture))}>PNG</Button>
      <span aria-live="polite" className="text-sm text-ink-2">
        {refused && "This browser cannot make the picture."}
      </span>
    </>
  );
}
