# Courses: bringing them in, giving them to classes, and what they put into a class.
course-you-make = You make:
course-name-it = Name your file:
course-glance = At a glance
course-hand-in = Hand in your work
course-lead = A course is a set of lessons that any of your classes can work through.
course-none = Your courses will be here
course-none-text = Write one here, or bring one in. You see what will happen before anything is changed.
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
course-file-empty = This file is empty. Save it again in the program you made it with, then bring it in.
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
course-preview-deleted = You deleted this course. Importing it brings it back; nothing has been changed yet.
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
course-remarks-text = None of this stands in the way of the import. A link that leads nowhere keeps its words.
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
course-choose-for = Choose the course for { $class }.
course-choose-class-first = Choose a class
course-choose-class = Choose the class that shall have this course.
course-new = New course
course-new-lead = It begins empty. You write its lessons one after the other, and give it to a class when you like.
course-title = Title
course-title-missing = Give the course a title.
course-title-too-long = A title has at most 200 characters. Shorten it, please.
course-language = Language
course-language-hint = What the lessons are written in.
course-language-unknown = Choose one of the languages in the list.
course-create = Create the course
course-first-lesson = Write the first lesson
course-change-title = Change the title
course-delete = Delete…
course-delete-title = Delete { $title }?
course-delete-lead =
    { $lessons ->
        [0] No class has this course, and there are no lessons in it.
        [one] No class has this course. { $lessons } lesson goes with it.
       *[other] No class has this course. { $lessons } lessons go with it.
    }
course-delete-back = For { $days } days you can bring it back from the list of courses. After that it is gone for good, with the record of who finished its lessons.
course-delete-button = Delete the course
course-delete-not-yet = Not yet.
course-delete-used = These classes have the course. Take it away from them first; what students did stays.
course-class-archived = { $name } (put away)
course-class-deleted = { $name } (deleted, can still be brought back)
course-deleted = Deleted in the last { $days } days
course-deleted-text = A course comes back with all its lessons.
course-arrange = Arrange lessons
course-delete-lessons = Delete or bring back lessons
course-arrange-lead = The classes with this course see its lessons in this order. An export has them in it too.
lesson-delete-title = Delete the lesson { $title }?
lesson-delete-unused = No class has this course, so nobody sees the lesson.
lesson-delete-used = Classes with this lesson:
lesson-delete-class =
    { $students ->
        [0] { $name }: nobody has worked on it
        [one] { $name }: { $students } student has worked on it
       *[other] { $name }: { $students } students have worked on it
    }
lesson-delete-goes = Students no longer see the lesson, and its work that nobody has begun goes with it. What they handed in and finished stays.
lesson-delete-back = For { $days } days you can bring it back from the page where lessons are arranged.
lesson-delete-button = Delete the lesson
course-file-kind = A course comes as .zip, .imscc, .md or .docx. Choose another file.
course-cut-off = The file did not arrive. Check your connection and send it again; nothing was changed.
