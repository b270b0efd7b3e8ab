# Courses: bringing them in, giving them to classes, and what they put into a class.
course-you-make = You make:
course-name-it = Name your file:
course-glance = At a glance
course-hand-in = Hand in your work
course-lead = A course is a set of lessons that any of your classes can work through.
course-none = Your courses will be here
course-none-text = Bring in the first one below. You see what will happen before anything is changed.
course-none-viewer = As soon as your organisation has a course, you can look at it here.
course-lessons =
    { $lessons ->
        [one] { $lessons } lesson
       *[other] { $lessons } lessons
    }
course-classes =
    { $classes ->
        [0] in no class yet
        [one] in { $classes } class
       *[other] in { $classes } classes
    }
course-import = Bring in a course
course-import-text = A course pack (.zip), a session plan (.md or .docx) or a Common Cartridge from another learning platform (.imscc). A course you already have is brought up to date.
course-file = File
course-file-hint = At most 40 MB. Nothing is changed before you have seen what will happen.
course-file-missing = Choose a file first.
course-file-too-large = This file is larger than 40 MB. A course has at most 30 MB.
course-file-faults = { $file } was read, but something in it has to be mended first. Nothing was changed.
course-look = See what it does
course-faults = What has to be mended
course-fault-file = In the file
course-fault-line = Line
course-fault-field = Field
course-fault-what = What is wrong
course-preview-new = A new course. Nothing has been changed yet.
course-preview-again = You have this course already. Nothing has been changed yet; what students did is never touched.
course-preview-classes =
    { $classes ->
        [one] One class works through this course and gets what is new at once.
       *[other] { $classes } classes work through this course and get what is new at once.
    }
course-preview-table = What importing does
course-lesson = Lesson
course-change = What happens
course-change-new = New
course-change-changed = New version
course-change-replaced = New version, in place of what was written here
course-change-unchanged = Stays as it is
course-change-kept = Stays as it was written here
course-change-removed = Leaves the course
course-remarks = Good to know
course-remarks-text = These links keep their words, but lead nowhere:
course-import-button = Import it
course-discard = Do not import it
course-export = Download as a zip
course-in-classes = Classes with this course
course-no-class = No class works through this course yet.
course-no-lessons = Its lessons will stand here.
course-opens = opens { $day }
course-version = version { $version }
course-take-away = Take it away
course-take-away-text = What students did in a class stays, even if the course is taken away.
course-give-to = Class
course-give = Give it to this class
