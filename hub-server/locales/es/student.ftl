# La página principal del estudiante.
student-home = Mis lecciones
student-hello = Hola, { $name }
student-next = Lo siguiente para ti
student-open = Abrir la lección
student-finished = Terminada
student-to-do = Pendiente
student-all-done = ¡Todo hecho!
student-all-done-text = Has terminado todas las lecciones que hay aquí. Puedes volver a abrir cualquiera.
student-nothing = Todavía no hay lecciones
student-nothing-text = En cuanto tu docente dé un curso a esta clase, sus lecciones aparecerán aquí.
student-leave = Salir
student-end-session = Terminar la sesión
student-end-and-forget = Terminar la sesión y olvidarme en este dispositivo
student-leave-hint = En un ordenador compartido, haz que te olvide: si no, la siguiente persona podría seguir como tú.
helper-token-session-ended = Tu sesión ha terminado. Entra otra vez para seguir preguntando.
helper-token-refused = Esta página es demasiado antigua. Cárgala otra vez, por favor.
helper-token-no-lesson = Esta lección ya no está en tu clase.
