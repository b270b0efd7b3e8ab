# The student's home.
student-home = My lessons
student-hello = Hello, { $name }
student-next = Next for you
student-open = Open the lesson
student-finished = Finished
student-to-do = To do
student-all-done = All done!
student-all-done-text = You have finished every lesson that is here. You can open each of them again.
student-nothing = No lessons yet
student-nothing-text = As soon as your teacher gives this class a course, its lessons stand here.
student-leave = Leaving
student-end-session = End session
student-end-and-forget = End session and forget me on this device
student-leave-hint = On a shared computer, let it forget you: otherwise the next person could go on as you.
helper-token-session-ended = Your session has ended. Join again to go on asking.
helper-token-refused = This page is too old. Load it again, please.
helper-token-no-lesson = This lesson is not in your class any more.
