# Handing in files, and galleries.
upload-to-do = Not handed in yet
upload-graded-without = Graded. No file of yours is handed in here.
upload-handed-in = Handed in { $since } (version { $version })
upload-first = Hand in your file
upload-again = Hand in a newer version
upload-button = Hand in
upload-again-button = Hand in this version
upload-note = A note to your teacher (you can leave it empty)
upload-file = Your file
upload-hint = { $accepted } · at most { $most }.
upload-naming = Call it like this, please: { $naming }
upload-drop = You can also drop the file here.
upload-chosen = Chosen:
upload-sending = Sending …
upload-checking = Looking at the file …
upload-cut-off = The file did not arrive. Check your connection and hand it in again; nothing was handed in twice.
upload-cancel = Stop sending
upload-one-only = One file at a time, please. Nothing was taken.
upload-come-back = Come back in (in a new tab)
upload-versions = What you handed in
upload-version = Version { $version }, { $size }
upload-withdraw = Withdraw
upload-withdrawn = Withdrawn
upload-missing = Choose a file first.
upload-empty = This file is empty. Save it again in the program you made it with, then hand it in.
upload-too-large = This file is too large: at most { $most }. Make it smaller or ask your teacher.
upload-not-accepted = This kind of file is not wanted here. Wanted: { $accepted }.
upload-unknown = We cannot take this kind of file. Wanted: { $accepted }.
upload-wrong-ending = This file is called .{ $called }, but inside it is a .{ $is }. Save it as .{ $called } in the program you made it with, then hand it in again.
upload-no-such-content = This file is called .{ $called }, but it is something else inside. Save it as .{ $called } in the program you made it with, then hand it in again.
upload-damaged = This file is damaged or not complete. Save it again in the program you made it with, then hand it in.
upload-too-many-pixels = This picture is too large: about { $megapixels } megapixels, and at most { $most } are possible. Make it smaller, then hand it in again.
upload-too-many-entries = There are too many files in this archive: at most { $most }. Leave out what is not needed.
upload-unpacks-too-large = Unpacked, this archive is too large: at most { $most }. Leave out what is not needed.
upload-too-deep = There are archives within archives within this archive. Pack the files themselves, please.
upload-unsafe-names = There are files in this archive whose names lead out of it, or links. Pack the folder again without them.
upload-encrypted = This archive is locked with a password. Pack it again without one.
upload-infected = The virus scanner found something in this file, so it was not kept. Tell your teacher.
upload-scanner-away = Files cannot be checked for viruses just now, so this one was not kept. Try again in a few minutes.
size-bytes =
    { $bytes ->
        [one] { $bytes } byte
       *[other] { $bytes } bytes
    }
gallery-title = What the class shows
gallery-empty = Nobody shows anything yet
gallery-empty-text = Hand in your work, then share it: it will stand here for the class.
gallery-picture = Work by { $name }
gallery-place = { $place } of { $of }
gallery-save = Save this file
gallery-ways = Other works
gallery-previous = Previous
gallery-next = Next
gallery-you = { $name } (you)
gallery-share = Show it to the class
gallery-unshare = Stop showing it
gallery-shared = The class can see it
