# Around every page.
frame-skip = Skip to the content
frame-navigation = Main
frame-classes = My classes
frame-courses = Courses
frame-sign-out = Sign out
form-problems = Please look at this again
time-just-now = just now
time-minutes-ago =
    { $minutes ->
        [one] { $minutes } minute ago
       *[other] { $minutes } minutes ago
    }
time-hours-ago =
    { $hours ->
        [one] { $hours } hour ago
       *[other] { $hours } hours ago
    }
time-day = { $day } { $month } { $year }
time-moment = { $day }, { $time }
time-january = January
time-february = February
time-march = March
time-april = April
time-may = May
time-june = June
time-july = July
time-august = August
time-september = September
time-october = October
time-november = November
time-december = December
