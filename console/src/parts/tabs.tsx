import * as Radix from "@radix-ui/react-tabs";
import type { ReactNode } from "react";

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value?: string;
  readonly onChange?: (id: string) => void;
  /** Keeps what was typed in a view while another one is shown. */
  readonly keep?: boolean;
}

/** Views of one thing, one at a time; arrow keys go from one to the next. */
export function Tabs({ label, tabs, value, onChange, keep = false }: TabsProps) {
  return (
    <Radix.Root className="tabs" defaultValue={tabs[0]?.id} value={value} onValueChange={onChange}>
      <Radix.List aria-label={label}>
        {tabs.map(({ id, title }) => (
          <Radix.Trigger key={id} value={id}>
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, content }) => (
        <Radix.Content key={id} value={id} forceMount={keep || undefined}>
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
