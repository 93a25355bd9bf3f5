/** A boxed message with a heading: news, a warning, an error, or good news. */
import type { ComponentChildren } from 'preact';
import './banner.css';

export type BannerTone = 'info' | 'warning' | 'error' | 'success';

interface BannerProps {
  readonly tone: BannerTone;
  readonly title: string;
  /** `status` is read out when it appears; `alert` interrupts. */
  readonly role?: 'status' | 'alert' | 'note';
  readonly children?: ComponentChildren;
}

/** Tone is never told by colour alone: each has its own sign. */
export function Banner({ tone, title, role = 'note', children }: BannerProps) {
  return (
    <div class={`banner banner--${tone}`} role={role}>
      <p class="banner__title">
        <span class="banner__sign" aria-hidden="true">
          {kSigns[tone]}
        </span>
        {title}
      </p>
      {children}
    </div>
  );
}

const kSigns: Readonly<Record<BannerTone, string>> = {
  info: 'i',
  warning: '!',
  error: '!',
  success: '✓',
};
