# Materials: what students see and answer.
material-kind-link = Link
material-kind-lesson = Lesson
material-kind-text = Reading
material-kind-upload = File to hand in
material-kind-gallery = Gallery
material-kind-checklist = Checklist
material-kind-reflection = Reflection
material-kind-rubric = Self-assessment
material-due = due { $at }
material-ways-on = Other parts of this module
material-to-home = To my work
material-locked-text = Your teacher has not opened this lesson yet. Until then only its title is here.
material-open-lesson = Open the lesson
material-open-link = Open the link
material-read = I have read it
material-looked-at = I have looked at it
material-unread = Not done after all
material-leads-away = This leads to another site: { $host }
material-leads-here = This leads to a page of Class Hub.
material-link-broken = This link leads nowhere. Tell your teacher, please.
material-any-file = pictures, documents, code, sound, video
material-accepted = Kinds of file
material-largest = Largest file
material-naming = Name of the file
state-locked = Locked
state-locked-until = Locked until { $at }
state-to-read = To read
state-to-do = To do
state-started = Started
state-draft = Draft saved
state-handed-in = Handed in
state-done = Done
material-typed-over = changed since, not handed in again
answer-hand-in = Hand in
answer-hand-in-again = Hand in again
answer-save-draft = Save draft
answer-not-saved = Not saved yet.
answer-saved = Saved { $at }.
answer-handed-in = Handed in { $at }.
answer-changed = Saved as a draft { $at }. Your teacher still sees what you handed in.
answer-discard = Discard my changes
answer-discard-hint = What you have typed since you handed in goes for good, and what you handed in stands here again.
answer-discard-yes = Yes, discard them
answer-empty = Write something before you hand it in.
answer-too-long = Shorten your text: at most 20,000 characters can be kept.
answer-no-level = For “{ $criterion }”, choose the level that fits your work best.
answer-why-too-long = Shorten what you say about “{ $criterion }” to at most 1,000 characters.
answer-overtaken-word = Not saved.
answer-overtaken = This was changed in another window meanwhile. What you typed is still below; what was saved there is here. Put together what you want to keep, then send it again.
answer-nothing-ticked = Nothing was ticked.
draft-device = Saved on this device.
draft-offline = No connection. Your work is saved on this device: hand it in here when you are online again.
draft-saved = Saved.
draft-saved-beside = Saved as a draft. Your teacher still sees what you handed in.
draft-signed-out = Saved on this device. Your session has ended.
draft-refused = Saved on this device. Class Hub cannot take it as it is: load the page again.
draft-restored = This is what you typed last. Saved on this device.
draft-both = This was changed in another window, or on another device. Below is what you typed here; there it says:
draft-mine = Keep what I typed here
draft-theirs = Take the other text
draft-come-back = Come back in
checklist-count = { $done } of { $of } ticked
checklist-save = Save my ticks
reflection-label = Your answer
rubric-why = Why? (if you want to say)
rubric-points =
    { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
signed-out-title = Your session has ended
signed-out-text = Nothing was saved. Come back in with your name and return code, then send it again.
signed-out-typed = What you typed
signed-out-copy = Copy this text before you leave the page.
signed-out-back = Come back in
# Materials: what staff do with them.
work-none = What your class works on will be here
work-none-text = Give the class a course, or add a module of your own.
work-none-course = To the courses
module-new = New module
module-title = Title
module-title-hint = For instance a topic or a week.
module-title-missing = Give the module a title.
module-title-too-long = Choose a title of at most 200 characters.
module-add = Add the module
module-edit = Rename or delete
module-empty = Nothing in it yet.
module-delete-title = Delete this module
module-delete-text = The module and everything in it goes from the class.
module-delete = Delete the module
material-add = Add material
material-add-to = To the module “{ $module }”. Choose a kind.
material-new = New material
material-for-link = Leads to a lesson or to another site.
material-for-text = Something to read.
material-for-upload = Students hand in a file that only they and you see.
material-for-gallery = Students hand in a picture and may show it to the class.
material-for-checklist = Points to tick off.
material-for-reflection = A question to answer in one’s own words.
material-for-rubric = Students place their own work on criteria and levels.
material-grade = Grade
material-edit = Edit
material-delete = Delete
material-delete-title = Delete “{ $title }”?
material-preview-text = This is what students of this class see, without anything to send.
material-imported = This came with a course. The next import of the course brings it back to what the course says.
material-title = Title
material-title-missing = Give it a title.
material-title-too-long = Choose a title of at most 200 characters.
material-text = Text
material-task = What to do
material-markdown-hint = Markdown: **bold**, lists with a dash, links, code.
material-source-missing = Write what students shall read.
material-source-too-long = Shorten the text to at most 20,000 characters.
material-source-too-deep = The lists or quotes in this text are nested too deeply.
material-lesson = Lesson
material-no-lesson = No lesson: use the address below
material-url = Address
material-url-hint = Begins with https:// or, for a page of this site, with a slash.
material-url-wrong = Type an address that begins with https:// or http://, or a path of this site that begins with a slash.
material-items = Points
material-items-hint = One a line. Ticks stay with a line that you reword or move; one that says something else begins without any.
material-items-missing = Write at least one point.
material-items-too-many = Choose at most 60 points.
material-items-too-long = Shorten each point to at most 300 characters.
material-criteria = Criteria and levels
material-criteria-hint = A line for each criterion; below it, each with a dash in front, its levels from the lowest to the highest, such as: - Nearly: it runs with mistakes (1). An answer stays while its criterion and the levels that were there say the same.
material-rubric-empty = Write at least one criterion with its levels.
material-rubric-too-many = Choose at most 12 criteria.
material-rubric-level-first = The first line begins with a dash. Begin with a criterion, and put its levels below it.
material-rubric-levels = Give each criterion two to six levels: lines that begin with a dash.
material-rubric-words = Give each criterion and level a title of at most 120 characters, and describe a level in at most 400.
material-accepted-label = Kinds of file
material-accepted-hint = Endings, or nothing for all of these: { $endings }
material-accepted-unknown = Use endings from the list.
material-size-label = Largest file, in MB
material-size-wrong = Choose a number from 1 to 200.
material-naming-label = What the file should be called
material-naming-hint = A wish that students see, for instance name_wheel.sb3.
material-naming-too-long = Choose at most 120 characters.
material-due-label = Due
material-due-hint = In the school’s time zone: { $zone }. Leave it empty for no date.
material-due-wrong = Type day and time like 2026-11-27T23:59.
deletion-nobody = No student has worked on it yet.
deletion-affects =
    { $students ->
        [one] { $students } student has worked on it
       *[other] { $students } students have worked on it
    }: { $answers ->
        [0] {""}
        [one] { $answers } answer
       *[other] { $answers } answers
    }{ $both ->
        [yes] {" and "}
       *[no] {""}
    }{ $files ->
        [0] {""}
        [one] { $files } file
       *[other] { $files } files
    }. Nobody will see them any more; they are kept for 30 days.
form-save = Save
form-cancel = Cancel
form-keep = Keep it
form-back = Back
material-conflict-text = { $by } saved this at { $at }, while you were changing it. Both are here; nothing is lost. What you typed is still below.
material-conflict-table = What differs
material-take-theirs = Take what was saved
material-save-anyway = Save mine anyway
