/** The keys of a read list: a digit or a letter decides the line that has the focus, Enter goes on, Shift+Enter records. */

const DECISIONS: Readonly<Record<string, string>> = { o: "other", n: "new", d: "leave" };

function chosenIn(line: Element): HTMLInputElement | null {
  return line.querySelector<HTMLInputElement>("input[type=radio]:checked");
}

/** What is still open in a form, in its order: the first radio of a line, or the field of a party. */
export function questionsIn(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("fieldset[data-line], select[data-party]")].flatMap(
    (element): HTMLElement[] => {
      if (element instanceof HTMLSelectElement) {
        const row = element.closest("tr");
        return element.value === "" && row && chosenIn(row)?.value !== "leave" ? [element] : [];
      }
      const first = element.querySelector<HTMLInputElement>("input[type=radio]");
      return first && !chosenIn(element) ? [first] : [];
    },
  );
}

/** Moves to the next open question after an element, to the first one when there is none after it, or else to the button that records. */
export function goToQuestion(form: HTMLFormElement, after: Element | null = null): void {
  const open = questionsIn(form);
  const later = open.find(
    (one) => after === null || (after.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  const next = later ?? open[0] ?? form.querySelector<HTMLElement>("button[data-save]");
  next?.scrollIntoView({ block: "center" });
  next?.focus({ preventScroll: true });
}

function isTyped(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "text";
}

/** Decides the line of the element that has the focus. False when the key decides nothing there. */
function decided(form: HTMLFormElement, key: string, target: Element): boolean {
  const line = target.closest("tr")?.querySelector("fieldset[data-line]");
  if (!line || isTyped(target) || target instanceof HTMLSelectElement) return false;
  const radios = [...line.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  const radio = /^[1-9]$/.test(key)
    ? radios.filter((one) => one.dataset["choice"] === "actor")[Number(key) - 1]
    : radios.find((one) => one.value === DECISIONS[key]);
  if (!radio) return false;
  radio.click();
  // Somebody else has to be named, and somebody new to be looked at once more.
  const more = radio.closest("[data-more]")?.querySelector<HTMLElement>("input[type=text], select");
  if (more) more.focus();
  else goToQuestion(form, radios.at(-1) ?? radio);
  return true;
}

/** Takes a press in the form of a pasted list. */
export function pressedOnList(form: HTMLFormElement, event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const { target, key } = event;
  if (!(target instanceof Element)) return;
  if (key === "Enter" && event.shiftKey) {
    event.preventDefault();
    const does = target instanceof HTMLTextAreaElement ? "button[data-read]" : "button[data-save]";
    form.requestSubmit(form.querySelector<HTMLButtonElement>(does));
    return;
  }
  if (key === "Enter" && (target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) {
    event.preventDefault();
    if (!event.repeat)
      goToQuestion(form, target.closest("fieldset")?.querySelector("label:last-of-type input") ?? target);
    return;
  }
  if (!event.repeat && decided(form, key, target)) event.preventDefault();
}

/** What is typed for somebody else, or for a new actor, is meant. */
export function typedOnList(event: Event): void {
  const { target } = event;
  if (!isTyped(target) && !(target instanceof HTMLSelectElement)) return;
  const radio = (target as Element).closest("[data-more]")?.querySelector<HTMLInputElement>("input[type=radio]");
  if (radio && !radio.checked) radio.click();
}
