# A class as a whole: name, copy, archive, deletion; the order of its work.
class-whole = This class
class-whole-text = A copy takes over lessons, modules and materials, but nobody in the class and nothing they did. An archived class is put away: nobody comes in, and nothing is lost.
class-look = Name and colour
class-own = This is my class
class-not-own = Not my class
class-archive = Archive
class-unarchive = Take out of the archive
class-delete = Delete this class…
class-copy = Copy…
class-copy-title = Copy { $name }
class-name-of-copy = { $name } (copy)
class-copy-lead = The copy has the same courses, modules and materials, a code of its own, and nobody in it.
class-copy-dates = Take over due dates and when lessons open
class-copy-button = Make the copy
class-delete-title = Delete { $name }?
class-delete-lead = Everyone in it is signed out at once. With the class goes:
class-delete-students =
    { $count ->
        [one] { $count } student
       *[other] { $count } students
    }
class-delete-modules = modules: { $modules }, materials in them: { $materials }
class-delete-back = You can change your mind.
class-delete-back-text = For { $days } days the class can be brought back, with everything in it. Then it is gone for good.
class-delete-button = Delete the class
class-delete-keep = Keep the class
class-bring-back = Bring back
home-needs = Needs you now
home-needs-word = Waiting
home-own = My classes
home-others = Other classes
home-stuck =
    { $students ->
        [one] { $students } student told the helper: I am stuck
       *[other] { $students } students told the helper: I am stuck
    }
home-ungraded =
    { $count ->
        [one] { $count } piece of work to grade
       *[other] { $count } pieces of work to grade
    }
past-title = Archived and deleted classes
past-empty = Nothing is put away
past-empty-text = Classes that you archive or delete are listed here, so that you can bring them back.
past-archived = Archived
past-deleted = Recently deleted
past-deleted-text = What you delete can be brought back for { $days } days.
past-since = archived { $at }
past-gone-since = deleted { $at }
arrange-title = Arrange
arrange-keys = Drag something to where it belongs, or stand on it and press Alt with the arrow up or down.
arrange-nothing = There is nothing to arrange yet.
arrange-up = Up
arrange-down = Down
arrange-copy = Copy…
arrange-transfer = Move or copy…
arrange-delete = Delete…
arrange-module = Module
arrange-deleted = Recently deleted
arrange-deleted-text = What was deleted here can be brought back for { $days } days, with what students did in it.
transfer-title = Move or copy: { $title }
transfer-lead = Nobody has worked on it yet, so it can go anywhere. A copy leaves this one where it is.
transfer-lead-work = Students have worked on it. Moving it within the class takes their work along; what they did stays in their class, so another class gets a copy that begins empty.
transfer-here = This class
transfer-elsewhere = Other classes
transfer-elsewhere-copy = Other classes (copy only)
transfer-to = Into
transfer-copy = Copy there
transfer-move = Move there
transfer-where = Choose a module from the list.
transfer-stays = Students have worked on it, and what they did stays in their class. Copy it into the other class instead.
transfer-no-lesson = It leads to a lesson that the other class does not have. Give that class the course first.
module-copy-title = Copy: { $title }
module-copy-lead = The copy has the same materials and nothing that students did.
module-copy-to = Into the class
notice-undo = Undo
notice-class-archived = The class is put away. You find it here.
notice-class-unarchived = The class is back. Students come in with their return code, or on their device.
notice-class-deleted = The class is deleted.
notice-class-restored = The class is back, with everything in it.
notice-class-copied = This is the copy. Share its code and your students can join.
notice-moved = Moved.
notice-copied = Copied.
notice-copied-without-lessons = Copied, without the links to lessons that this class does not have.
notice-brought-back = It is back, with what students did in it.
