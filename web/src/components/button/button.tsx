/** Buttons and links that look like buttons; all at least 44 px high. */
import type { ComponentChildren } from 'preact';
import './button.css';

export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'plain';

interface ButtonProps {
  readonly kind?: ButtonKind;
  readonly busy?: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

/** Does something here. While `busy` it stays focusable but takes no second press. */
export function Button({ kind = 'primary', busy = false, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button button--${kind}`}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) onClick();
      }}
    >
      {children}
    </button>
  );
}

interface LinkButtonProps {
  readonly kind?: ButtonKind;
  readonly href: string;
  readonly children: ComponentChildren;
}

/** Goes somewhere. */
export function LinkButton({ kind = 'primary', href, children }: LinkButtonProps) {
  return (
    <a class={`button button--${kind}`} href={href}>
      {children}
    </a>
  );
}

/** A row of buttons: under each other on a phone. */
export function ButtonRow({ children }: { readonly children: ComponentChildren }) {
  return <div class="button-row">{children}</div>;
}
