import { Notice } from "@/components/ui/notice";
import { UndoForm } from "@/features/batches/components/undo-form";

type ActNoticeProps = { act: { id: string; title: string; undone: boolean } };

/** The act that led to the page, with the way to take it back. */
export function ActNotice({ act: { id, title, undone } }: ActNoticeProps) {
  return (
    <Notice tone="ok" className="mt-4">
      <div className="flex flex-wrap items-center gap-3">
        <output>
          {undone && "Undone: "}
          {title}.
        </output>
        {!undone && <UndoForm batch={id} title={title} />}
      </div>
    </Notice>
  );
}
