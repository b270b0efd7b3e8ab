# Said once, after something was done.
notice-word-done = Done.
notice-word-info = Note.
notice-signed-out = You have signed out.
notice-second-factor-set = Your second factor is set up.
notice-class-created = The class is ready. Share its code and your students can join.
notice-code-rotated = The class has a new code. The old one no longer works.
notice-class-locked = The class is locked: nobody new can join.
notice-class-unlocked = The class is open: students with the code can join.
notice-session-ended = Your session has ended. Join again with the same name and your return code.
notice-release-set = Saved. Students see the change at once.
