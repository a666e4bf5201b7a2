# The words of the desk, English. What stands after $ is put in; the corpus' own words stay as they are.

## Every room

desk = Desk
desk-code = Code
desk-settle = Settle
desk-review = Review
desk-rules = Rules
desk-explore = Explore
desk-rooms = Rooms
desk-coder = Coder: { $coder }
desk-another = Change
desk-faults = The corpus has faults. What you see is as it was before.
desk-faults-first = The corpus has faults. Fix them in an editor, then load this page again.
desk-offline = The desk does not answer. Look at the terminal. Your last answer may not be saved.
desk-single-keys = Keys answer
desk-undo = Undo
desk-previous = Previous
desk-next = Next
desk-skip = Skip
desk-save = Save
desk-set-aside = Set aside from whoever writes the rules

## Who codes

desk-who = Who are you?
desk-who-why = Your answers go to a file of your own. You do not see the answers of others.
desk-who-new = Or another name
desk-who-begin = Begin

## Code

desk-key-list = 1 to 9 choose a level, 0 says that the statement takes no position, x says so for every issue that is left. ? is not sure, n writes a note, u undoes. Space skips the statement, the arrows go back and on, i goes to the next issue.
desk-number = Statement { $number } of { $all }
desk-coded =
    { $count ->
         [one] { $count } coded
        *[other] { $count } coded
    }
desk-left =
    { $count ->
         [one] { $count } left
        *[other] { $count } left
    }
desk-unsure-count =
    { $count ->
         [one] { $count } answer not sure
        *[other] { $count } answers not sure
    }
desk-pace = { $pace } a minute
desk-none = Takes no position
desk-none-why = It says nothing that is a position on this issue. That is not the middle of the scale.
desk-rest = No position on the issues that are left
desk-unsure = Not sure
desk-rationale = Note: why this level, or what is unclear
desk-reopen = Take the answer back
desk-next-issue = Next issue
desk-conventions = How to read
desk-keys = Keys
desk-queue = Order and share
desk-order = Order
desk-order-shuffled = Shuffled
desk-order-date = By date
desk-order-speaker = By speaker
desk-seed = Seed of the shuffle
desk-overlap = Percentage that every coder reads, first
desk-issues = Issues
desk-all-issues = All issues
desk-seen-only = Leave out statements that are set aside (if you write the rules)
desk-show-unsure = Go to the first one
desk-finished = Everything in this queue has an answer.
desk-saved = Saved: { $issue }, { $answer }
desk-undone = Undone: { $issue }, { $answer }
desk-undone-rest = Undone: no position on the issues that were left
desk-taken-back = taken back
desk-nothing-to-undo = There is nothing to undo in this session. What is in the file from before, you can answer again.
desk-differs = Another program has changed this answer since you saw it, so nothing was saved. This is how it is now. Answer again if you want to change it.
desk-undo-differs = Another program has changed this answer since, so it stays as it is.
desk-answer-none = no position
desk-answer-unsure = not sure
desk-only-rationale = Save the note

## Settle

desk-settle-none = There is nothing to settle. A dispute needs 2 coders who read the same statement and differ.
desk-settle-done = Every dispute is settled.
desk-settle-open =
    { $count ->
         [one] { $count } dispute open
        *[other] { $count } disputes open
    }
desk-settle-of =
    { $count ->
         [one] { $count } dispute in all
        *[other] { $count } disputes in all
    }
desk-settle-keys = 1 to 9 choose a level, 0 says that the statement takes no position. b sends it back with your note, n writes a note, u undoes. Space and the arrows go on and back.
desk-settle-counted = The rule of the codebook has settled it. Your answer counts instead.
desk-sent-back = Sent back
desk-send-back = Send back to the coders
desk-no-rationale = no note
desk-by-rules = Rules
desk-rules-silent = No rule gives a position.
desk-rules-conflict = Rules differ.
desk-rules-hidden = This statement is set aside, so what rules say about it is not shown.
desk-settle-agreement = Agreement
desk-settle-before = Coders gave the same answer before: { $same } of { $all } ({ $share })
desk-settle-after = Have an answer now: { $same } of { $all } ({ $share })
desk-settle-coder = { $coder } gave what was settled: { $same } of { $all }
desk-settle-hand = Let someone who did not label these statements settle them, if you can.
