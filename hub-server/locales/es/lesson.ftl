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
