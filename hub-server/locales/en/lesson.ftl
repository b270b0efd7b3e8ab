# Lessons.
lesson-all = Lessons
lesson-crumbs = Where you are
lesson-place = { $course } · Lesson { $number } of { $of }
lesson-minutes =
    { $minutes ->
        [one] about { $minutes } minute
       *[other] about { $minutes } minutes
    }
lesson-glance = At a glance
lesson-makes = You make
lesson-needs = You need
lesson-done-looks-like = You are done when
lesson-quick-fixes = If you get stuck
lesson-finish = I have finished this lesson
lesson-finished = Finished
lesson-reopen = Not finished after all
lesson-ways-on = Other lessons
lesson-previous = Previous:
lesson-next = Next:
lesson-helper = Homework helper
lesson-to-helper = Ask the helper
lesson-preview = Preview
lesson-preview-text = This is what students of this class see, without the helper.
lesson-none = No lessons yet
lesson-none-staff = This class has no course yet. Its lessons will stand here.
lesson-box-open = To do
lesson-box-ticked = Done
lesson-extend = If you have time
lesson-contents = In this lesson
lesson-open-now = Open
lesson-opens-at = Opens { $moment }
lesson-locked = Locked
lesson-closed-text = You can read this lesson as soon as it is open. Nothing in it is due before that.
lesson-closed-back = Back to my lessons
lesson-not-open = Not open yet.
lesson-not-open-text = Students see the title and the introduction only.
lesson-to-courses = Choose a course
release-hint = Times are in the school's time zone ({ $zone }). Before a lesson opens, students see its title and introduction only.
release-by-course = By the date of the course
release-by-nobody = Open from the start
release-by-teacher = Set for this class
release-change = Change
release-date = Opens on
release-time = At
release-schedule = Open then
release-open = Open now
release-lock = Lock
release-course = Leave it to the course
release-date-missing = Choose a day, for instance 2026-11-24.
release-time-missing = Choose a time, for instance 08:00.
release-time-skipped = The clocks are put forward past this time on that day. Choose another time.
conversation-page = Open the chat on its own page
conversation-title = Delete this conversation
conversation-text = Your questions about this lesson and the helper’s answers are deleted for good, on every device. Nobody can bring them back. The helper deletes them by itself a day after your last question.
conversation-delete = Delete it
conversation-keep = Keep it
conversation-read-along = Your teachers can read what you and the helper write here.
