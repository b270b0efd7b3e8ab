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
today-lock = Lock the class
today-unlock = Unlock the class
today-rotate = Give it a new code
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
