# Vídeos de las lecciones.
video-all = Vídeos
video-play = Ir a verlo
video-on-paper = Un vídeo: míralo en la página de esta lección.
video-choose = Este vídeo está en YouTube. No se pide nada a YouTube antes de que vayas; después se reproduce sin cookies publicitarias.
video-elsewhere = Este vídeo está en otro sitio, que se abre en esta ventana.
video-save = Guardar el vídeo
video-from-youtube = Lo reproduce YouTube, en su modo de privacidad. Pulsa allí para empezar.
