# Lecciones.
lesson-all = Lecciones
lesson-crumbs = Dónde estás
lesson-place = { $course } · Lección { $number } de { $of }
lesson-minutes =
    { $minutes ->
        [one] { $minutes } minuto aproximadamente
       *[other] unos { $minutes } minutos
    }
lesson-glance = De un vistazo
lesson-makes = Vas a hacer
lesson-needs = Necesitas
lesson-done-looks-like = Has terminado cuando
lesson-quick-fixes = Si te atascas
lesson-finish = He terminado esta lección
lesson-finished = Terminada
lesson-reopen = Al final, no está terminada
lesson-ways-on = Otras lecciones
lesson-previous = Anterior:
lesson-next = Siguiente:
lesson-helper = Ayudante de tareas
lesson-to-helper = Preguntar al ayudante
lesson-preview = Vista previa
lesson-preview-text = Esto es lo que ven los estudiantes de esta clase, sin el ayudante.
lesson-none = Todavía no hay lecciones
lesson-none-staff = Esta clase aún no tiene ningún curso. Sus lecciones aparecerán aquí.
lesson-box-open = Pendiente
lesson-box-ticked = Hecho
lesson-extend = Si te sobra tiempo
lesson-contents = En esta lección
lesson-open-now = Abierta
lesson-opens-at = Se abre el { $moment }
lesson-locked = Bloqueada
lesson-closed-text = Podrás leer esta lección en cuanto se abra. Hasta entonces no hay nada que entregar.
lesson-closed-back = Volver a mis lecciones
lesson-not-open = Aún no está abierta.
lesson-not-open-text = Los estudiantes solo ven el título y la introducción.
lesson-to-courses = Elegir un curso
release-hint = Las horas son las de la zona horaria del centro ({ $zone }). Antes de que se abra una lección, los estudiantes solo ven su título y su introducción.
release-by-course = Según la fecha del curso
release-by-nobody = Abierta desde el principio
release-by-teacher = Decidido para esta clase
release-change = Cambiar
release-date = Se abre el día
release-time = A las
release-schedule = Abrir entonces
release-open = Abrir ahora
release-lock = Bloquear
release-course = Dejarlo al curso
release-date-missing = Elige un día, por ejemplo 2026-11-24.
release-time-missing = Elige una hora, por ejemplo 08:00.
release-time-skipped = Ese día los relojes se adelantan y esa hora no existe. Elige otra hora.
conversation-page = Abrir el chat en su propia página
conversation-title = Borrar esta conversación
conversation-text = Tus preguntas sobre esta lección y las respuestas del ayudante se borran para siempre, en todos los dispositivos. Nadie puede recuperarlas. El ayudante las borra por sí solo un día después de tu última pregunta.
conversation-delete = Borrarla
conversation-keep = Conservarla
conversation-read-along = Tus docentes pueden leer lo que tú y el ayudante escribís aquí.
