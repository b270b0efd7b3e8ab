# Certificates: what a class asks for, giving them out, looking one up.
certificate-word = Certificate
certificates-title = Certificates
certificates-lead = Who has reached what this class asks for, and who has a certificate.
certificates-none = Nothing is written down yet
certificates-none-text = Say what this class asks for and what its certificates say. Then you see here who has reached it.
certificates-begin = Say what it asks for
certificates-change = Change
certificates-all-pdf = All certificates as one PDF
certificates-table = Everybody in the class
certificates-look = Look at who gets one
certificates-look-settings = What this class asks for, and who has reached it
certificates-preview = Give these certificates?
certificates-preview-lead =
    { $count ->
        [0] Nobody here would get one.
        [one] One student gets a certificate with the name below.
       *[other] { $count } students get a certificate with the names below.
    }
certificates-below =
    { $count ->
        [one] One student has not reached what the class asks for.
       *[other] { $count } students have not reached what the class asks for.
    }
certificates-unwritable = Some letters of a name cannot be printed on this machine: they would be empty boxes. Ask whoever looks after it to install a font for them.
certificates-issue =
    { $count ->
        [one] Give one certificate
       *[other] Give { $count } certificates
    }
certificate-choose = Choose
certificate-choose-one = Choose { $name }
certificate-lessons = Lessons
certificate-work = Work
certificate-average = Average
certificate-reached = What is missing
certificate-of = { $done } of { $all }
certificate-all-reached = All reached
certificate-given = Given
certificate-revoked = Withdrawn
certificate-printed-as = Printed as { $name }
certificate-missing-lessons =
    { $count ->
        [one] 1 lesson
       *[other] { $count } lessons
    }
certificate-missing-work =
    { $count ->
        [one] 1 piece of work
       *[other] { $count } pieces of work
    }
certificate-missing-grade = An average of { $percent } %
certificate-has-one = Has one already and keeps it
certificate-gets-one = Gets one
certificate-gets-one-though = Missing: { $missing }
certificate-name = Name
certificate-state = What happens
certificate-school = Given by
certificate-issued = Given on
certificate-address = Looked up at
certificate-pdf = Download the PDF
certificate-student = The student's page
certificate-replaced-by = Another one was given in its place
certificate-revoked-at = Withdrawn on
certificate-take-back = Take it back
certificate-take-back-text = Whoever looks it up is told that it no longer holds, but not why. The student sees your reason.
certificate-reason = Reason
certificate-reason-hint = For instance: the name was spelt wrong.
certificate-reason-wrong = Write the reason, in 300 characters at most.
certificate-revoke = Withdraw
certificate-replace = Withdraw and give a new one

# On the paper.
certificate-this-is = This is to certify that
certificate-has-done = has completed
certificate-day = Date
certificate-look-up = Look it up with this code
certificate-qr = A code for cameras that leads to { $address }

# What a class asks for.
outcomes-title = What the class asks for
outcomes-lead = Leave a field empty where it does not count. Certificates that are out stay as they are.
outcomes-asked = What it asks for
outcomes-nothing-asked = It asks for nothing: you choose who gets a certificate.
outcomes-lessons-asked = At least { $percent } % of the lessons finished
outcomes-work-asked = At least { $percent } % of the work done
outcomes-grade-asked = An average of at least { $percent } %
outcomes-lessons = Lessons finished, in percent
outcomes-lessons-hint = Of all lessons of the class's courses.
outcomes-work = Work done, in percent
outcomes-work-hint = Of everything that is handed in, answered or ticked off.
outcomes-grade = Average of the returned grades, in percent
outcomes-grade-hint = Each grade counts alike; what is excused does not count.
outcomes-percent-wrong = Type a whole number from 1 to 100, or leave it empty.
outcomes-printed = What the certificate says
outcomes-name = Completed
outcomes-name-hint = The course or the class, as it shall be printed.
outcomes-title-wrong = Write what was completed, in 120 characters at most.
outcomes-statement = A line about it
outcomes-statement-hint = May be empty. For instance what was built or learnt.
outcomes-statement-long = Keep it under 200 characters.
outcomes-signatory = Signed by
outcomes-signatory-wrong = Write who signs, in 80 characters at most.
outcomes-language = Language of the certificate
outcomes-language-wrong = Choose one of the languages.

# Looking one up.
verify-title = Look up a certificate
verify-lead = Type the code that is printed on the certificate.
verify-code = Code
verify-code-hint = Sixteen letters and digits, with or without dashes.
verify-button = Look it up
verify-malformed = A code has sixteen letters and digits. There is no 0, 1, I or O in it.
verify-unknown = There is no certificate with this code. Compare it with the paper, letter by letter.
verify-valid = Valid.
verify-valid-text = This certificate was given as it stands here.
verify-revoked = No longer valid.
verify-revoked-on = It was withdrawn on { $day }.
verify-revoked-text = It was withdrawn before that.
verify-replaced = Another one was given in its place.
verify-erased = There was such a certificate.
verify-erased-text = The name of its holder has been erased since, so nothing more can be said about it.
verify-compare = Compare what stands here with the paper.
verify-another = Look up another one

student-certificates = Your certificates
student-certificate = Certificate: { $title }
student-certificate-given = Given on { $day } · PDF
student-certificate-ended = The certificate for { $title } no longer holds. Your teacher says: { $reason }
data-certificates = Certificates
notice-nobody-chosen = Nobody was chosen who could get a certificate.
notice-certificates-issued = The certificates are there. Your students see theirs on their page.
notice-certificate-revoked = It is withdrawn. Whoever looks it up is told so.
notice-certificate-replaced = Here is the new one. The old one no longer holds.
removal-certificates =
    { $count ->
        [0] No certificates
        [one] One certificate: whoever looks it up is told that the name was erased
       *[other] { $count } certificates: whoever looks one up is told that the name was erased
    }
removal-certificates-count =
    { $count ->
        [one] One certificate
       *[other] { $count } certificates
    }
