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
