# Una clase en su conjunto: nombre, copia, archivo, eliminación; el orden de su trabajo.
class-whole = Esta clase
class-whole-text = Una copia se lleva lecciones, módulos y materiales, pero a nadie de la clase ni nada de lo que hicieron. Una clase archivada queda guardada: nadie entra y nada se pierde.
class-look = Nombre y color
class-own = Esta es mi clase
class-not-own = No es mi clase
class-archive = Archivar
class-unarchive = Sacar del archivo
class-delete = Eliminar esta clase…
class-copy = Copiar…
class-copy-title = Copiar { $name }
class-name-of-copy = { $name } (copia)
class-copy-lead = La copia tiene los mismos cursos, módulos y materiales, un código propio y a nadie dentro.
class-copy-dates = Conservar las fechas de entrega y cuándo se abren las lecciones
class-copy-button = Hacer la copia
class-delete-title = ¿Eliminar { $name }?
class-delete-lead = Todos los que están dentro se desconectan enseguida. Con la clase se va:
class-delete-students =
    { $count ->
        [one] { $count } estudiante
       *[other] { $count } estudiantes
    }
class-delete-modules = módulos: { $modules }, materiales en ellos: { $materials }
class-delete-back = Puedes cambiar de idea.
class-delete-back-text = Durante { $days } días se puede recuperar la clase con todo lo que tiene. Después desaparece para siempre.
class-delete-button = Eliminar la clase
class-delete-keep = Conservar la clase
class-bring-back = Recuperar
home-needs = Te necesita ahora
home-needs-word = Esperando
home-own = Mis clases
home-others = Otras clases
home-stuck =
    { $students ->
        [one] { $students } estudiante dijo al ayudante: no sé seguir
       *[other] { $students } estudiantes dijeron al ayudante: no sé seguir
    }
home-ungraded =
    { $count ->
        [one] { $count } trabajo por calificar
       *[other] { $count } trabajos por calificar
    }
past-title = Clases archivadas y eliminadas
past-empty = No hay nada guardado
past-empty-text = Las clases que archives o elimines aparecen aquí para que puedas recuperarlas.
past-archived = Archivadas
past-deleted = Eliminadas hace poco
past-deleted-text = Lo que eliminas se puede recuperar durante { $days } días.
past-since = archivada { $at }
past-gone-since = eliminada { $at }
arrange-title = Ordenar
arrange-keys = Arrastra cada cosa a su sitio, o colócate en ella y pulsa Alt con la flecha arriba o abajo.
arrange-nothing = Todavía no hay nada que ordenar.
arrange-up = Subir
arrange-down = Bajar
arrange-copy = Copiar…
arrange-transfer = Mover o copiar…
arrange-delete = Eliminar…
arrange-module = Módulo
arrange-deleted = Eliminado hace poco
arrange-deleted-text = Lo que se eliminó aquí se puede recuperar durante { $days } días, con lo que hicieron los estudiantes.
transfer-title = Mover o copiar: { $title }
transfer-lead = Nadie ha trabajado en esto todavía, así que puede ir a cualquier sitio. Una copia deja este donde está.
transfer-lead-work = Hay estudiantes que han trabajado en esto. Al moverlo dentro de la clase va también su trabajo; lo que hicieron se queda en su clase, así que otra clase recibe una copia que empieza vacía.
transfer-here = Esta clase
transfer-elsewhere = Otras clases
transfer-elsewhere-copy = Otras clases (solo copia)
transfer-to = A
transfer-copy = Copiar allí
transfer-move = Mover allí
transfer-where = Elige un módulo de la lista.
transfer-stays = Hay estudiantes que han trabajado en esto, y lo que hicieron se queda en su clase. Cópialo a la otra clase.
transfer-no-lesson = Lleva a una lección que la otra clase no tiene. Dale primero el curso a esa clase.
module-copy-title = Copiar: { $title }
module-copy-lead = La copia tiene los mismos materiales y nada de lo que hicieron los estudiantes.
module-copy-to = A la clase
notice-undo = Deshacer
notice-class-archived = La clase está guardada. La encuentras aquí.
notice-class-unarchived = La clase ha vuelto. Los estudiantes entran con su código de regreso o en su dispositivo.
notice-class-deleted = La clase está eliminada.
notice-class-restored = La clase ha vuelto con todo lo que tenía.
notice-class-copied = Esta es la copia. Comparte su código y tus estudiantes podrán entrar.
notice-moved = Movido.
notice-copied = Copiado.
notice-copied-without-lessons = Copiado, sin los enlaces a lecciones que esta clase no tiene.
notice-brought-back = Ha vuelto, con lo que hicieron los estudiantes.
