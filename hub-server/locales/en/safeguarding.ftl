# Students who may need an adult, and who at school is told.
concern-title = Students who may need somebody
concern-text = Words of theirs to the helper gave cause for concern. They were shown where to find help at once. What they wrote is not stored here; talk to them.
concern-who = Student
concern-when = When
concern-what = Words about
concern-outcome = What came of it
concern-staff = Somebody of the staff
concern-self-harm = Hurting oneself
concern-abuse = Being hurt by others
concern-danger = Danger for others
concern-bullying = Bullying
concern-now = Look now
concern-open = Open
concern-talked = We talked
concern-passed-on = Passed on
concern-none = No concern
concern-class = Class
concern-today = Look today
concern-by = ({ $name })
concern-nothing = Nothing waits for you
concern-nothing-text = If a student’s words to the helper give cause for concern and you are one of those who are told, it will stand here until somebody notes what came of it.
concern-settled = Handled in the last 30 days
safeguarding-title = Safeguarding
safeguarding-lead = Students whose words to the helper say that they may need an adult.
safeguarding-word = Somebody may need you.
safeguarding-waits =
    { $concerns ->
        [one] { $concerns } concern about a student waits for you
       *[other] { $concerns } concerns about students wait for you
    }
safeguarding-contacts = Who is told
safeguarding-on = Contacts are told
safeguarding-off = Switched off
safeguarding-text = The helper reads students’ questions, and its own answers, for words of self-harm, danger or abuse. The student sees at once where to find help. The people chosen here see a notice on each of their pages until somebody notes what came of it. The notice does not show what was written, and no e-mail is sent.
safeguarding-now = Look now: a student may be in danger
safeguarding-today = Look today: bullying, or words that may be meant otherwise
safeguarding-enable = Tell the people chosen above
safeguarding-enable-hint = While this is off, those who call the class their own are told; where nobody does, the organisation’s owners and administrators.
safeguarding-nobody-now = Choose at least one person to look now before you switch this on.
safeguarding-nobody-today = Choose at least one person to look today before you switch this on.
safeguarding-save = Save who is told
concern-text-read-along = Words of theirs to the helper gave cause for concern. They were shown where to find help at once. Where Reading along is on, those who teach the class can read the conversation on its Homework helper page until it is deleted; talk to them.
concern-again = Undo
concern-reopen = Open again
