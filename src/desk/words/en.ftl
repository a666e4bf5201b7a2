# The words of the desk, English. What stands after $ is put in; the corpus' own words stay as they are.

## Every room

desk = Desk
desk-code = Code
desk-settle = Settle
desk-review = Review
desk-rules = Rules
desk-explore = Explore
desk-rooms = Rooms
# Between a name and what is said of it.
desk-colon = :
desk-coder = Coder: { $coder }
desk-another = Change
desk-faults = The corpus has faults. What you see is as it was before.
desk-faults-first = The corpus has faults. Fix them in an editor, then load this page again.
desk-offline = The desk does not answer. Look at the terminal. Your last answer may not be saved.
desk-earlier-rules = rules.toml has faults. Until they are repaired, the rules from before give the labels.
desk-no-rules = rules.toml has faults. Until they are repaired, no rule gives a label. Labels by hand can go on.
desk-without-labels = Files of labels have faults. Until they are repaired, what these files say does not count. Labels by hand can go on in the others.
desk-repair-rules = Repair the rules
desk-trouble = This cannot be shown now.
desk-trouble-file = The file has faults, so nothing is saved to it.
desk-trouble-again = Repair it in an editor, then load this page again. Nothing was written.
desk-write-again =
    { $count ->
         [one] Write the answer again that was last read
        *[other] Write the { $count } answers again that were last read
    }
desk-begin-anew = Begin a new file
desk-no-key = The key “{ $key }” does nothing here.
desk-why = Labels and evidence
desk-single-keys = Keys answer
desk-undo = Undo
desk-previous = Previous
desk-next = Next
desk-skip = Skip
desk-save = Save
desk-set-aside = Set aside from whoever writes the rules

## Answers that another program dropped or changed

desk-lost =
    { $count ->
         [one] { $count } answer that you gave here is no longer in the file
        *[other] { $count } answers that you gave here are no longer in the file
    }
desk-lost-why = The file is as it was before, or lacks this: an older copy may have been saved over it. What you put back is added to what the file has now.
desk-changed =
    { $count ->
         [one] { $count } answer that you gave here is another one now
        *[other] { $count } answers that you gave here are others now
    }
desk-changed-why = Another program has changed this in the file since.
desk-given-here = You gave: { $answer }
desk-in-file = The file has: { $answer }
desk-no-answer = no answer
desk-with-note = { $answer }, note “{ $note }”
desk-put-back =
    { $count ->
         [one] Put the answer back
        *[other] Put the { $count } answers back
    }
desk-put-back-mine =
    { $count ->
         [one] Put my answer in its place
        *[other] Put my { $count } answers in their place
    }
desk-leave-file = Leave the file as it is
desk-put-back-done =
    { $count ->
         [one] { $count } answer is in the file again, as you gave it.
        *[other] { $count } answers are in the file again, as you gave them.
    }
desk-put-back-left-out =
    { $count ->
         [one] { $count } answer was left out: the corpus no longer has its statement or issue.
        *[other] { $count } answers were left out: the corpus no longer has their statement or issue.
    }
desk-put-back-differs = Nothing was saved: the file has changed again. This is how it is now.
desk-file-left = The file stays as it is.

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
desk-finished-unsure =
    { $count ->
         [one] Everything in this queue has been read; { $count } answer is not sure.
        *[other] Everything in this queue has been read; { $count } answers are not sure.
    }
desk-left-others = Without an answer on other issues:
desk-note-left-out = The note of the answer before was left out; undo brings both back.
desk-levels-without-key = Without a key, because there are more than 9 levels: { $levels }. Use the pointer or Tab.
desk-back =
    { $count ->
         [one] { $count } sent back to you
        *[other] { $count } sent back to you
    }
desk-back-answered = answered again in this session, and coders still differ
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
desk-other-coder = Nothing was saved: this page was opened for somebody else, and { $coder } codes now. Change who codes in another window, or load this page again.
desk-note-kept = Your note is kept with its statement. It is saved once you answer.
desk-note-unsent = Not saved yet: it is saved with your answer.
desk-drafts =
    { $count ->
         [one] { $count } note without an answer
        *[other] { $count } notes without an answer
    }
desk-nothing-left = Nothing was saved: every issue of this statement has an answer.
desk-answer-first = Nothing was saved: give an answer first. Your note is kept.
desk-no-level = Nothing was saved: this issue has no such level.

## Settle

desk-settle-none = There is nothing to settle. A dispute needs 2 coders who read the same statement and differ.
desk-settle-done = Every dispute is settled.
desk-settle-back =
    { $count ->
         [one] { $count } sent back
        *[other] { $count } sent back
    }
desk-settle-back-only =
    { $count ->
         [one] Nothing is open; { $count } dispute was sent back and waits for the coders.
        *[other] Nothing is open; { $count } disputes were sent back and wait for the coders.
    }
desk-settle-back-why = Coders see them in Code, with your note. Once their answers agree, a dispute is gone. You can also settle it yourself.
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
desk-sent-back-issue = Sent back: { $issue }
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

## Review

desk-review-nothing = Nothing waits for review.
desk-review-how = adds proposals from news texts. They wait here until you accept them.
desk-review-counts = { $waiting } waiting · { $accepted } accepted · { $rejected } rejected
desk-review-fields = What you change in these fields is saved with your decision.
desk-review-refused = Nothing is saved yet: see the marked field. What you typed is kept.
desk-review-undone = Undone.
desk-review-decided = { $id } is decided already, or no longer in the file. Nothing was changed.
desk-review-accepted = Accepted: { $id }.
desk-review-rejected = Rejected: { $id }.
desk-review-saved = Saved: { $id }.
desk-accept = Accept
desk-reject = Reject
desk-only-fields = Save the fields only
desk-later = Decide later
desk-role = Office
desk-kind = Kind
desk-venue = Venue
desk-kind-direct = direct: the words as they were said
desk-kind-indirect = indirect: a paraphrase
desk-about-confidence = The speaker is
desk-about-runner-up = Or perhaps
desk-about-date-from = What the day rests on
desk-about-notes = Notes
desk-about-source-publisher = Published by
desk-about-source-title = Title of the text
desk-about-source-date = Day of publication
desk-about-also-in = Also in
desk-sure-high = sure
desk-sure-medium = fairly sure
desk-sure-low = not sure
desk-day-of-publication = the day of publication only
desk-field-speaker = the name
desk-field-role = the office in which it was said, or - for none
desk-field-date = YYYY-MM-DD, or YYYY-MM if only the month is known
desk-field-kind = the words themselves, or a report of them
desk-field-venue = where it was said, or - if that is not known
desk-field-text = the words, on one line
desk-words-missing = These words are not in the text. Choose “indirect” as the kind if they are a paraphrase, or tick that you know it. The row then no longer says where they stand.
desk-words-known = I know that these words are not in the text

## Rules

desk-rules-how = Nothing is saved before you press Save. A file with a fault or a failing test is not saved.
desk-check = Check
desk-rules-back = Back to what is saved
desk-rules-english = Faults and explanations are in English.
desk-find-pattern = Find a pattern
desk-such-as = Such as
desk-find = Find
desk-make-rule = Make a rule of it
desk-places =
    { $count ->
         [one] { $count } place
        *[other] { $count } places
    }
desk-places-seen = without statements that are set aside
desk-more =
    { $count ->
         [one] and { $count } more
        *[other] and { $count } more
    }
desk-why-label = Why a label, or none
desk-id-of-statement = The id of a statement
desk-explain = Explain
desk-explained-saved = By the rules that are saved, not by what is typed.
desk-no-statement = There is no statement with the id { $id }.
desk-rules-faults =
    { $count ->
         [one] { $count } fault, so this cannot be saved
        *[other] { $count } faults, so this cannot be saved
    }
desk-rules-no-fault = No fault
desk-rules-count =
    { $count ->
         [one] { $count } rule
        *[other] { $count } rules
    }
desk-tests-count =
    { $count ->
         [one] { $count } test
        *[other] { $count } tests
    }
desk-tests-ended = { $failed } failed, { $todo } todo
desk-moved = { $gained } gained, { $lost } lost, { $moved } moved
desk-not-compared =
    { $count ->
         [one] { $count } statement set aside, not compared
        *[other] { $count } statements set aside, not compared
    }
desk-labels-change = Labels by rules that change
desk-figures = How the rules do, compared with labels by hand
desk-figures-why = On statements that the author of the rules may have seen, which flatters the rules. { $command } looks at the others, and records that it did.
desk-found = Found so far
desk-exact = Exact
desk-false-alarms = False alarms
desk-figures-saved = { $issue }, saved
desk-figures-typed = { $issue }, as typed
desk-verdicts-same = No verdict of { $pairs } changes, on statements that are not set aside.
desk-verdicts =
    { $count ->
         [one] { $count } verdict
        *[other] { $count } verdicts
    }
desk-verdicts-of = of { $pairs } would change
desk-verdicts-where = on statements that are not set aside
desk-verdict-pair = { $speaker } on { $issue }
desk-verdict-none = no position
desk-verdict-shift = shift
desk-verdict-return = return
desk-verdict-drift = drift
desk-verdict-swing = swing
desk-verdict-steady = steady
desk-verdict-too-few = too few
desk-rules-changed = Another program has changed rules.toml since you opened it. Nothing is saved. To keep your text and lose that change, press Save again.
desk-rules-not-saved = Not saved: the text has a fault, or a test fails.
desk-rules-unchanged = Nothing has changed.
desk-rules-saved = Saved.
desk-rule-unread = No rule was made: the pattern cannot be read.
desk-rule-nowhere = No rule was made: the pattern occurs in no statement that may be seen.
desk-rule-made = A rule for the pattern is at the end of the text. Nothing is saved yet.
desk-pattern-first = Type a pattern first.

## Explore

desk-from = From
desk-to = To
desk-whose = Labels
desk-whose-both = By hand and by rules
desk-whose-hand = By hand
desk-whose-rules = By rules
desk-show = Show
desk-take = Save this chart as
desk-with-position = Statements with a position
desk-part = { $from } to { $to } of { $all }
desk-why-hand = Labels by hand
desk-why-unread = No coder has read it.
desk-why-rules = What the rules say
desk-why-back = Back to all
