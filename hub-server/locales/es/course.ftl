# Cursos: importarlos, darlos a las clases y lo que ponen en una clase.
course-you-make = Haces:
course-name-it = Nombre de tu archivo:
course-glance = De un vistazo
course-hand-in = Entrega tu trabajo
course-lead = Un curso es un conjunto de lecciones que puede seguir cualquiera de tus clases.
course-none = Aquí estarán tus cursos
course-none-text = Trae el primero aquí abajo. Verás lo que va a pasar antes de que cambie nada.
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
course-remarks-text = Estos enlaces conservan sus palabras, pero no llevan a ningún sitio:
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
