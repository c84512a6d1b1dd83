import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
} from "@fluentui/react-components";
import type { RefObject } from "react";
import type { MenuContent } from "./LazyMenu";

interface MenuSurfaceProps {
  target: RefObject<HTMLButtonElement | null>;
  content: MenuContent;
  onClose: () => void;
}

export function MenuSurface({ target, content, onClose }: MenuSurfaceProps) {
  const { heading, choice, entries = [] } = content;
  const options = choice?.options.map((option) => (
    <MenuItemRadio key={option.value} name={choice.name} value={option.value}>
      {option.label}
    </MenuItemRadio>
  ));
  return (
    <Menu
      open
      positioning={{ target: target.current, position: "below", align: "start" }}
      checkedValues={choice ? { [choice.name]: [choice.value] } : {}}
      onCheckedValueChange={(_, data) => {
        choice?.onChoose(data.checkedItems[0] ?? choice.value);
        onClose();
      }}
      onOpenChange={(_, data) => {
        if (!data.open) {
          onClose();
        }
      }}
    >
      <MenuPopover>
        {heading}
        <MenuList>
          {heading && <MenuDivider />}
          {choice?.label ? (
            <MenuGroup>
              <MenuGroupHeader>{choice.label}</MenuGroupHeader>
              {options}
            </MenuGroup>
          ) : (
            options
          )}
          {choice && entries.length > 0 && <MenuDivider />}
          {entries.map((entry) => (
            <MenuItem
              key={entry.key}
              icon={entry.icon}
              secondaryContent={entry.shortcut}
              disabled={entry.isDisabled}
              onClick={() => void entry.run()}
            >
              {entry.label}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
