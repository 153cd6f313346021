import { Dialog, type DialogProps } from "@/components/ui/dialog";

/** A `Dialog` at the side of the window, over its full height: for histories and explanations. */
export function Drawer(props: Omit<DialogProps, "place">) {
  return <Dialog place="side" {...props} />;
}
