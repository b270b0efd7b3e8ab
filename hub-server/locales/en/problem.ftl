# Pages about what went wrong.
problem-to-classes = Go to my classes
problem-to-start = Go to the start page
problem-to-work = Go to my work
problem-bad-request = That did not arrive as expected
problem-bad-request-text = Please go back, load the page again and try once more.
problem-forbidden = You can look at this, but not change it
problem-forbidden-text = Your role here does not include this. An administrator of your organisation can change that.
problem-form-expired = This form is no longer valid
problem-form-expired-text = It was open for too long, or you have signed in or out since. Go back, load the page again and send it once more.
problem-not-found = There is nothing here
problem-not-found-text = The address may be mistyped, or what was here has been removed.
problem-method = This address only works from a button
problem-method-text = Please start from the page the button is on.
problem-too-large = That is too long
problem-too-large-text = Please go back and send something shorter.
problem-too-many = Too many attempts
problem-too-many-text =
    { $minutes ->
        [one] Please wait a minute, then try again.
       *[other] Please wait { $minutes } minutes, then try again.
    }
problem-unavailable = We will be back in a moment
problem-unavailable-text = A part of Class Hub is not answering. Nothing is lost; please try again shortly.
problem-session-ended = Your session has ended. Come back in with another tab, then send it here once more: nothing on this page is lost.
problem-internal = Something went wrong here
problem-internal-text = It is not your fault, and it has been noted. Please try again.
