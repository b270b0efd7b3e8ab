# Cursos: importarlos, darlos a las clases y lo que ponen en una clase.
course-you-make = Haces:
course-name-it = Nombre de tu archivo:
course-glance = De un vistazo
course-hand-in = Entrega tu trabajo
course-lead = Un curso es un conjunto de lecciones que puede seguir cualquiera de tus clases.
course-none = Aquí estarán tus cursos
course-none-text = Escribe uno aquí o trae uno. Verás lo que va a pasar antes de que cambie nada.
course-none-viewer = En cuanto tu organización tenga un curso, podrás verlo aquí.
course-lessons =
    { $lessons ->
        [one] { $lessons } lección
       *[other] { $lessons } lecciones
    }
course-classes =
    { $classes ->
        [0] todavía en ninguna clase
        [one] en { $classes } clase
       *[other] en { $classes } clases
    }
course-import = Traer un curso
course-import-text = Un paquete de curso (.zip), un plan de sesiones (.md o .docx) o un Common Cartridge de otra plataforma (.imscc). Si ya tienes el curso, se pone al día.
course-file = Archivo
course-file-hint = Como máximo 40 MB. No cambia nada hasta que hayas visto lo que va a pasar.
course-file-missing = Elige primero un archivo.
course-file-empty = Este archivo está vacío. Guárdalo otra vez en el programa con el que lo hiciste y vuelve a traerlo.
course-file-too-large = Este archivo ocupa más de 40 MB. Un curso tiene como máximo 30 MB.
course-file-faults = Hemos leído { $file }, pero antes hay que corregir algo. No ha cambiado nada.
course-look = Ver qué hace
course-faults = Lo que hay que corregir
course-fault-file = En el archivo
course-fault-line = Línea
course-fault-field = Campo
course-fault-what = Qué pasa
course-preview-new = Un curso nuevo. Todavía no ha cambiado nada.
course-preview-again = Ya tienes este curso. Todavía no ha cambiado nada; lo que hicieron los estudiantes no se toca nunca.
course-preview-deleted = Eliminaste este curso. Al importarlo vuelve; todavía no ha cambiado nada.
course-preview-classes =
    { $classes ->
        [one] Una clase sigue este curso y recibirá lo nuevo enseguida.
       *[other] { $classes } clases siguen este curso y recibirán lo nuevo enseguida.
    }
course-preview-table = Lo que hace la importación
course-lesson = Lección
course-change = Qué pasa
course-change-new = Nueva
course-change-changed = Nueva versión
course-change-replaced = Nueva versión, en lugar de lo que se escribió aquí
course-change-unchanged = Se queda como está
course-change-kept = Se queda como se escribió aquí
course-change-removed = Sale del curso
course-remarks = Conviene saberlo
course-remarks-text = Nada de esto impide la importación. Un enlace que no lleva a ningún sitio conserva sus palabras.
course-import-button = Importarlo
course-discard = No importarlo
course-export = Descargar como zip
course-in-classes = Clases con este curso
course-no-class = Todavía ninguna clase sigue este curso.
course-no-lessons = Aquí estarán sus lecciones.
course-opens = se abre el { $day }
course-version = versión { $version }
course-take-away = Quitarlo
course-take-away-text = Lo que los estudiantes hicieron en una clase se queda, aunque se quite el curso.
course-give-to = Clase
course-give = Darlo a esta clase
course-choose-for = Elige el curso para { $class }.
course-choose-class-first = Elige una clase
course-choose-class = Elige la clase que debe tener este curso.
course-new = Curso nuevo
course-new-lead = Empieza vacío. Escribes sus lecciones una tras otra y se lo das a una clase cuando quieras.
course-title = Título
course-title-missing = Ponle un título al curso.
course-title-too-long = Un título tiene como máximo 200 caracteres. Acórtalo, por favor.
course-language = Idioma
course-language-hint = En el que están escritas las lecciones.
course-language-unknown = Elige uno de los idiomas de la lista.
course-create = Crear el curso
course-first-lesson = Escribir la primera lección
course-change-title = Cambiar el título
course-delete = Eliminar…
course-delete-title = ¿Eliminar { $title }?
course-delete-lead =
    { $lessons ->
        [0] Ninguna clase tiene este curso, y no hay lecciones en él.
        [one] Ninguna clase tiene este curso. Se va con él { $lessons } lección.
       *[other] Ninguna clase tiene este curso. Se van con él { $lessons } lecciones.
    }
course-delete-back = Durante { $days } días puedes recuperarlo desde la lista de cursos. Después se va para siempre, con la constancia de quién terminó sus lecciones.
course-delete-button = Eliminar el curso
course-delete-not-yet = Todavía no.
course-delete-used = Estas clases tienen el curso. Quítaselo primero; lo que hicieron los estudiantes se queda.
course-class-archived = { $name } (archivada)
course-class-deleted = { $name } (eliminada, aún se puede recuperar)
course-deleted = Eliminados en los últimos { $days } días
course-deleted-text = Un curso vuelve con todas sus lecciones.
course-arrange = Ordenar lecciones
course-delete-lessons = Eliminar o recuperar lecciones
course-arrange-lead = Las clases con este curso ven sus lecciones en este orden. Una exportación también las tiene así.
lesson-delete-title = ¿Eliminar la lección { $title }?
lesson-delete-unused = Ninguna clase tiene este curso, así que nadie ve la lección.
lesson-delete-used = Clases con esta lección:
lesson-delete-class =
    { $students ->
        [0] { $name }: nadie ha trabajado en ella
        [one] { $name }: { $students } estudiante ha trabajado en ella
       *[other] { $name }: { $students } estudiantes han trabajado en ella
    }
lesson-delete-goes = Los estudiantes dejan de ver la lección, y con ella se va el trabajo que nadie ha empezado. Lo que entregaron y terminaron se queda.
lesson-delete-back = Durante { $days } días puedes recuperarla desde la página donde se ordenan las lecciones.
lesson-delete-button = Eliminar la lección
course-file-kind = Un curso viene como .zip, .imscc, .md o .docx. Elige otro archivo.
course-cut-off = El archivo no ha llegado. Revisa tu conexión y envíalo otra vez; no ha cambiado nada.
