## The list of chats
find-chats = Chats
find-skip = Go to the message box
find-show-sidebar = Show the chats
find-hide-sidebar = Hide the chats
list-new = New chat
list-new-private = New private chat
list-empty = No chats yet. What you write will be here.
list-pinned = Pinned
list-today = Today
list-yesterday = Yesterday
list-week = Last 7 days
list-month = Last 30 days
# A folder that can be opened and closed.
list-folder = { $name } ({ $count ->
    [one] 1 chat
   *[other] { $count } chats
})
list-private = Private
# The name of the button with three dots.
list-more = More for “{ $title }”
list-rename = Rename
list-title = Title of the chat
list-pin = Pin
list-unpin = Unpin
list-move = Move to folder
list-no-folder = No folder
list-new-folder = New folder …
list-folder-name = Name of the folder
list-folder-title = Move to a new folder
list-folder-make = Move
list-export-markdown = Export as Markdown
list-export-json = Export as JSON
list-exported = Exported to { $file }.
list-delete = Delete
list-deleted = “{ $title }” deleted.
list-deleted-spoken = “{ $title }” deleted. It can be undone.
list-restored = “{ $title }” is back.
list-undo = Undo
list-dismiss = Dismiss

## Search
find-search = Search
find-placeholder = Search all chats
find-clear = Clear the search
find-results = Search results
find-count = { $count ->
    [0] No results
    [one] 1 result
   *[other] { $count } results
}
find-nothing = Nothing was found. Try fewer or shorter words.
find-you = You
find-tacit = Tacit

## The command palette
palette-title = Commands
palette-field = Type a command or the title of a chat
palette-list = What can be done
palette-actions = Commands
palette-chats = Chats
palette-nothing = Nothing goes by that name.

## Keys
keys-title = Keyboard shortcuts
keys-lead = Everything can be done by keyboard. What has no keys of its own is found in the commands.
keys-none = in the commands
keys-ctrl = Ctrl
keys-shift = Shift
keys-alt = Alt
keys-escape = Esc
keys-delete = Del
keys-palette = Commands
keys-search = Search
keys-sidebar = Show or hide the chats
keys-preferences = Preferences
keys-shortcuts = Keyboard shortcuts
keys-lock = Lock now
keys-rename = Rename this chat
keys-delete-chat = Delete this chat
keys-undo = Bring the deleted chat back
keys-next = Next chat
keys-previous = Previous chat
keys-trust = What Tacit keeps to
keys-about = About Tacit
