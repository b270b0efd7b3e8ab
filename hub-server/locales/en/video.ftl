# Films in lessons.
video-all = Videos
video-play = Go and watch
video-on-paper = A film: watch it on the page of this lesson.
video-choose = This film is at YouTube. Nothing is asked of YouTube before you go there; then it is played without cookies for advertising.
video-elsewhere = This film is on another site, which opens in this window.
video-save = Save the film
video-from-youtube = Played by YouTube, in its privacy mode. Press play there to start it.
