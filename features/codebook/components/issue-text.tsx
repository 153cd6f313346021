import { Facts } from "@/components/ui/facts";
import { VALUE_NAMES, type IssueDto } from "@/features/codebook/schema";

/** What an issue asks and how it is coded: definition, what belongs to it, examples, and the scale. */
export function IssueText({ issue }: { issue: IssueDto }) {
  const { definition, include, exclude, examples, scale, kind, period, source } = issue;
  return (
    <div className="grid max-w-read gap-3">
      <p className="font-text text-read whitespace-pre-line">{definition}</p>
      <Facts
        facts={[
          { term: "Include", value: include && <span className="whitespace-pre-line">{include}</span> },
          { term: "Exclude", value: exclude && <span className="whitespace-pre-line">{exclude}</span> },
          {
            term: examples.length === 1 ? "Example" : "Examples",
            value: examples.length > 0 && (
              <ul>
                {examples.map((example) => (
                  <li key={example}>{example}</li>
                ))}
              </ul>
            ),
          },
          { term: "Kind", value: kind },
          { term: "Seen", value: period },
          { term: "Source", value: source },
        ].filter(({ value }) => value !== false)}
      />
      {scale.length > 0 ? (
        <dl className="grid grid-cols-1 border-t border-line sm:grid-cols-[14rem_minmax(0,1fr)]">
          {scale.map(({ value, meaning }) => (
            <div key={value} className="contents">
              <dt className="border-line pt-1 font-medium sm:border-b sm:pb-1">{VALUE_NAMES[value]}</dt>
              <dd className="border-b border-line pb-1 sm:pt-1">{meaning}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="text-ink-2">It has no scale and takes no position.</p>
      )}
    </div>
  );
}
