# The roster: search, import, cards, merging, emptying.
roster-handed-in = Handed in
roster-expected = Not here yet
roster-search = Find a student
roster-search-button = Find
roster-nobody-found = Nobody here has a name like that.
roster-found = { $found } of { $students } students
roster-import = Add names…
roster-cards = Return cards…
roster-join-card = Join card
join-card-print = Print this page for the wall, or show it on the board.
cards-printed = I have printed them
roster-csv = As a table (CSV)
roster-reset = Empty the roster…
reset-title = Empty the roster
removal-lead-all = This cannot be undone. With the students goes:
reset-stays = Lessons, modules, materials and the class code. Students of other classes are not touched.
reset-sure = Yes, delete every student of this class and all their work
reset-not-sure = Tick the box if you really mean it.
reset-button = Delete them all
import-title = Add names
import-lead = For classes whose students should find their name on the list. Nothing changes before you have seen what will happen.
import-names = Names
import-names-hint = One a line, as they should be called here. First names or nicknames are enough.
import-file = Or a table
import-file-hint = CSV or text, at most { $most } names. A column called Name is found by itself.
import-look = See what will happen
import-nothing = Type some names, or choose a file with names in it.
import-no-text = This is no table we can read. Save it as CSV in your spreadsheet first.
import-too-long = That are too many names for one class. Send 500 at most.
import-preview = What will happen
import-preview-lead =
    { $count ->
        [0] Nobody would be added.
        [one] { $count } student would be added
       *[other] { $count } students would be added
    }{ $others ->
        [0] .
       *[other] , { $others } lines would be left out.
    } Nothing has changed yet.
import-column = The names were taken from the column “{ $column }”.
import-verdict = What happens
import-new = Will be added
import-known = Is in the class already
import-twice = Stands further up already
import-unreadable = Left out: no name that can be read
import-name-too-long = Left out: longer than 40 characters
import-reach = Left out: looks like an address or a number
import-unkind = Left out: a word that hurts
import-button =
    { $count ->
        [one] Add { $count } student
       *[other] Add { $count } students
    }
import-again = Choose other names
join-card-title = Join { $name }
join-card-qr = QR code that leads to this class
join-card-by-link = With this card nobody new comes in now: the class is joined by links only.
join-card-closed = With this card nobody new comes in now: the class takes nobody.
join-card-open = Scan the code, or open
join-card-code = Type the class code:
join-card-name = Choose a name. You need no account.
cards-title = Return cards
cards-lead = A card for each student, six to a page. With it they come back on any device.
cards-careful = Careful.
cards-careful-text = Every card has a new code. Cards that were given out before stop working.
cards-expected =
    { $count ->
        [one] For { $count } student who has not come in yet
       *[other] For { $count } students who have not come in yet
    }
cards-everyone =
    { $count ->
        [one] For the { $count } student of the class
       *[other] For all { $count } students
    }
cards-once = Print this page now: the codes are shown only this once.
student-by-list = Put on the list by a teacher
student-rename = Name
student-rename-hint = Return code, devices and work stay the same.
student-name-taken = Somebody in this class has that name. If it is the same person, merge the two instead.
student-merge = The same person twice
student-merge-text = Somebody who joined under two names becomes one student. Nothing either of them did is lost.
student-merge-ask = Merge with another…
kept-title = Kept from merging
kept-text = Where both had done the same, one of them stands and the other was kept here as it was.
kept-others =
    { $count ->
        [one] { $count } other record was kept. It is in the student's own download.
       *[other] { $count } other records were kept. They are in the student's own download.
    }
merge-title = Merge another student into { $name }
merge-lead = For one person who is on the roster twice.
merge-other = The other one
merge-look = See what will happen
merge-what = What will happen
merge-keeps = { $name } keeps name and return code and gets everything of { $other }. Files of both are put in the order they were handed in. Where both answered the same question, the answer of { $name } stands and the other is kept on this student's page.
merge-careful = Careful.
merge-careful-text = This cannot be taken apart again. The return code of the other one stops working; devices that were signed in stay signed in.
merge-button = Merge into { $name }
merge-whom = Choose another student of this class.
notice-roster-reset = The roster is empty. Lessons and materials are as they were.
notice-students-added = The names are on the roster. Print return cards for them next.
notice-student-renamed = The name is changed.
notice-students-merged = The two are one student now, with everything both did.
data-merged = Kept from merging
