# The staff's home page and the class pages.
home-title = My classes
home-empty = Your classes will be here
home-empty-text = Create the first one. It gets a code that your students join with.
home-empty-viewer = As soon as your organisation has a class, you can look at it here.
home-students =
    { $students ->
        [one] { $students } student
       *[other] { $students } students
    }
class-create = New class
class-create-button = Create the class
class-name = Name
class-name-hint = As your students know it, for instance Physics 7b.
class-name-missing = Give the class a name.
class-name-too-long = Choose a name of at most 120 characters.
class-organisation = Organisation
class-accent = Colour
class-accent-hint = Students see at once which class they are in.
class-accent-unknown = Choose one of the eight colours.
class-locked = Locked
class-open = Open to join
class-tabs = Parts of this class
class-tab-today = Today
class-tab-work = Work
class-tab-roster = Roster
today-join = Join this class
today-join-text = Students type this code on the start page, or open the link. They need no account.
today-by-link-text = New students come in by a link that is made in the settings. The class code alone lets nobody new in.
today-closed-text = Nobody new comes in.
today-come-back = Students who are in the class come back with their name, their return code and this class code:
today-lock = Lock the class
today-unlock = Unlock the class
today-rotate = Give it a new code…
today-to-code = How to join
rotate-title = A new class code
rotate-lead = The code { $code } stops working at once, with every join card and link that carries it.
rotate-stays = Whoever is in the class stays, and comes back as before.
rotate-button = Make a new code
today-activity = Today
today-students = Students in the class
today-seen = Here today
today-asked = Questions to the helper today
today-answered = Of them answered
roster-name = Name
roster-joined = Joined
roster-last-seen = Last seen
roster-asked = Asked the helper
roster-caption =
    { $students ->
        [one] { $students } student in this class
       *[other] { $students } students in this class
    }
roster-empty = Nobody has joined yet
roster-empty-text = Your students will be listed here as soon as they join with the class code.
roster-empty-action = Show the class code
accent-1 = Sea blue
accent-2 = Blue
accent-3 = Violet
accent-4 = Pink
accent-5 = Red
accent-6 = Amber
accent-7 = Green
accent-8 = Teal
home-waiting =
    { $waiting ->
        [one] { $waiting } waiting to be let in
       *[other] { $waiting } waiting to be let in
    }
class-by-invitation = By invitation
class-closed = Closed to new students
class-tab-settings = Settings
entry-title = Waiting to be let in
entry-text = They say that they are in this class and that their card is lost. Look who shows you these pictures before you let them in.
entry-asked = Asked
entry-look = Go to the roster
entry-approve = Let in
entry-refuse = Not now
roster-session = Session
roster-signed-in = Signed in
roster-signed-out = Not signed in
student-page-back = Everyone in this class
student-facts = In this class
student-work = Work
student-work-none = There is nothing to hand in yet. As soon as there is, you see here where this student stands with it.
student-work-open = Not handed in yet
student-work-to-grade = To grade
student-joined-by = Joined by
student-by-code = Class code
student-sessions = Browsers signed in
student-devices = Devices that come back without a code
student-card = Return card
student-card-text = A new card replaces the old one. It is shown once, so that you can print it or hand it over.
student-card-button = Make a new return card
student-sign-out = Sign out
student-sign-out-text = Ends the session on every device and makes those devices forget who it was. The work stays.
student-removal = Delete
student-removal-text = Takes the student out of the class, with all they did.
student-removal-ask = Delete this student…
removal-title = Delete { $name }?
removal-lead = This cannot be undone. With the student goes:
removal-identity = the name, the return code, sessions and known devices
removal-submissions =
    { $count ->
        [one] { $count } file that was handed in
       *[other] { $count } files that were handed in
    }
removal-responses =
    { $count ->
        [one] { $count } answer
       *[other] { $count } answers
    }
removal-drafts =
    { $count ->
        [one] { $count } draft
       *[other] { $count } drafts
    }
removal-finished =
    { $count ->
        [one] { $count } mark at a finished lesson
       *[other] { $count } marks at finished lessons
    }
removal-careful = What stays
removal-stays = How many questions went to the helper stays as a number, without a name. Nobody else is signed out.
removal-button = Delete for good
removal-keep = Keep the student
new-card-title = New return card for { $name }
new-card-lead = Print this page or copy the card now: it is shown only this once. The old code no longer works.
new-card-done = Done
enrolment-title = Who can join
enrolment-text = Whoever is in the class already can always come back with their return code.
enrolment-who = New students join
enrolment-open = with the class code, or by a link
enrolment-invite = only by a link you made
enrolment-closed = not at all
enrolment-save = Save
invite-title = Links to join by
invite-text = A link lets as many join as you say, also where the class code does not. Whoever has it can use it.
invite-none = There is no link yet.
invite-new = Make a link
invite-label = What it is for
invite-label-hint = Only you see this, for instance: exchange students.
invite-label-missing = Say in at most 80 characters what the link is for.
invite-link = Link
invite-seats = Places
invite-seats-of = { $taken } of { $seats } taken
invite-seats-hint = How many may join by it. Empty means any number.
invite-seats-wrong = Type a number from 1 to 1000, or nothing.
invite-ends = Ends
invite-never = by hand
invite-state = State
invite-lasts = It lasts
invite-lasts-wrong = Choose how long the link lasts.
invite-day = a day
invite-week = a week
invite-month = 30 days
invite-year = a year
invite-ever = until it is switched off
invite-button = Make the link
invite-disable = Switch off
invite-open = Works
invite-off = Switched off
invite-over = Over
invite-full = Full
invite-class-closed = Class takes nobody new
everyone-title = Sign everyone out
everyone-text = Ends every student's session in this class at once, for instance at the end of a lesson on shared computers. No work is lost.
everyone-forget = Make their devices forget them too: everyone needs the return code to come back
everyone-button = Sign everyone out
