# The class as it is now.
live-on = This view follows the class by itself.
live-off = This view has stopped following the class.
live-as-of = As of { $at }.
live-reload = Look again
live-here = Here now
live-nobody = Nobody is here at the moment.
live-stuck = told the helper: I am stuck, { $at }
live-handed-in = Handed in today
live-nothing = Nothing was handed in today so far.
live-waiting =
    { $waiting ->
        [one] One student asks to come in.
       *[other] { $waiting } students ask to come in.
    }
live-first-steps = Show your students the code, or hang the join card up. Meanwhile, choose what the class works on.
live-first-link = Make a link and give it to your students. Meanwhile, choose what the class works on.
live-first-open = The class takes nobody new now. Choose who can join, and what the class works on.
live-first-work = Choose what to work on
live-stuck-title = Stuck today
live-more =
    { $count ->
        [one] One more, with all work
       *[other] { $count } more, with all work
    }
today-handed-in = Handed in today
live-helper =
    { $turns ->
        [one] One question is with the helper now
       *[other] { $turns } questions are with the helper now
    }
live-helper-since =
    { $turns ->
        [one] One question waits for the helper, for about { $seconds } seconds
       *[other] { $turns } questions wait for the helper, the first for about { $seconds } seconds
    }
