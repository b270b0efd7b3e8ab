# Materiales: lo que los estudiantes ven y responden.
material-kind-link = Enlace
material-kind-lesson = Lección
material-kind-text = Lectura
material-kind-upload = Archivo para entregar
material-kind-gallery = Galería
material-kind-checklist = Lista de control
material-kind-reflection = Reflexión
material-kind-rubric = Autoevaluación
material-due = para el { $at }
material-ways-on = Otras partes de este módulo
material-to-home = A mi trabajo
material-locked-text = Tu docente aún no ha abierto esta lección. Hasta entonces aquí solo está el título.
material-open-lesson = Abrir la lección
material-open-link = Abrir el enlace
material-read = Ya lo leí
material-looked-at = Ya lo vi
material-unread = Al final, no está hecho
material-leads-away = Lleva a otro sitio: { $host }
material-leads-here = Lleva a una página de Class Hub.
material-link-broken = Este enlace no lleva a ninguna parte. Díselo a tu docente, por favor.
material-any-file = imágenes, documentos, código, sonido, vídeo
material-accepted = Tipos de archivo
material-largest = Archivo más grande
material-naming = Nombre del archivo
state-locked = Bloqueado
state-locked-until = Bloqueado hasta el { $at }
state-to-read = Para leer
state-to-do = Pendiente
state-started = Empezado
state-draft = Borrador guardado
state-handed-in = Entregado
state-done = Hecho
material-typed-over = con cambios que no has entregado
answer-hand-in = Entregar
answer-hand-in-again = Entregar otra vez
answer-save-draft = Guardar borrador
answer-not-saved = Aún sin guardar.
answer-saved = Guardado el { $at }.
answer-handed-in = Entregado el { $at }.
answer-changed = Guardado como borrador el { $at }. Tu docente sigue viendo lo que entregaste.
answer-discard = Descartar mis cambios
answer-discard-hint = Lo que has escrito desde que entregaste se pierde del todo, y aquí vuelve a estar lo que entregaste.
answer-discard-yes = Sí, descartarlos
answer-empty = Escribe algo antes de entregarlo.
answer-too-long = Acorta tu texto: se pueden guardar 20 000 caracteres como mucho.
answer-no-level = En «{ $criterion }», elige el nivel que mejor encaja con tu trabajo.
answer-why-too-long = Acorta lo que dices sobre «{ $criterion }» a 1000 caracteres como mucho.
answer-overtaken-word = Sin guardar.
answer-overtaken = Mientras tanto esto cambió en otra ventana. Lo que escribiste sigue abajo; lo que se guardó allí está aquí. Junta lo que quieras conservar y envíalo otra vez.
answer-nothing-ticked = No había nada marcado.
draft-device = Guardado en este dispositivo.
draft-offline = Sin conexión. Tu trabajo está guardado en este dispositivo: entrégalo aquí cuando vuelvas a tener conexión.
draft-saved = Guardado.
draft-saved-beside = Guardado como borrador. Tu docente sigue viendo lo que entregaste.
draft-signed-out = Guardado en este dispositivo. Tu sesión ha terminado.
draft-refused = Guardado en este dispositivo. Class Hub no puede aceptarlo así: vuelve a cargar la página.
draft-restored = Esto es lo último que escribiste. Guardado en este dispositivo.
draft-both = Esto cambió en otra ventana o en otro dispositivo. Abajo está lo que escribiste aquí; allí dice:
draft-mine = Conservar lo que escribí aquí
draft-theirs = Tomar el otro texto
draft-come-back = Volver a entrar
checklist-count = { $done } de { $of } marcados
checklist-save = Guardar mis marcas
reflection-label = Tu respuesta
rubric-why = ¿Por qué? (si quieres decirlo)
rubric-points =
    { $points ->
        [one] { $points } punto
       *[other] { $points } puntos
    }
signed-out-title = Tu sesión ha terminado
signed-out-text = No se ha guardado nada. Vuelve a entrar con tu nombre y tu código, y envíalo otra vez.
signed-out-typed = Lo que escribiste
signed-out-copy = Copia este texto antes de salir de la página.
signed-out-back = Volver a entrar
# Materiales: lo que el personal hace con ellos.
work-none = Aquí estará lo que trabaja tu clase
work-none-text = Da un curso a la clase o añade un módulo propio.
work-none-course = A los cursos
module-new = Módulo nuevo
module-title = Título
module-title-hint = Por ejemplo, un tema o una semana.
module-title-missing = Pon un título al módulo.
module-title-too-long = Elige un título de 200 caracteres como mucho.
module-add = Añadir el módulo
module-edit = Cambiar el título o eliminar
module-empty = Todavía no hay nada dentro.
module-delete-title = Eliminar este módulo
module-delete-text = El módulo y todo lo que contiene desaparece de la clase.
module-delete = Eliminar el módulo
material-add = Añadir material
material-add-to = Al módulo «{ $module }». Elige un tipo.
material-new = Material nuevo
material-for-link = Lleva a una lección o a otro sitio.
material-for-text = Algo para leer.
material-for-upload = Los estudiantes entregan un archivo que solo ven ellos y tú.
material-for-gallery = Los estudiantes entregan una imagen y pueden mostrarla a la clase.
material-for-checklist = Puntos para marcar.
material-for-reflection = Una pregunta para responder con palabras propias.
material-for-rubric = Los estudiantes sitúan su trabajo en criterios y niveles.
material-grade = Calificar
material-edit = Editar
material-delete = Eliminar
material-delete-title = ¿Eliminar «{ $title }»?
material-preview-text = Esto es lo que ven los estudiantes de esta clase, sin nada que enviar.
material-imported = Esto vino con un curso. La próxima importación del curso lo devuelve a lo que dice el curso.
material-title = Título
material-title-missing = Ponle un título.
material-title-too-long = Elige un título de 200 caracteres como mucho.
material-text = Texto
material-task = Qué hay que hacer
material-markdown-hint = Markdown: **negrita**, listas con guion, enlaces, código.
material-source-missing = Escribe lo que los estudiantes van a leer.
material-source-too-long = Acorta el texto a 20 000 caracteres como mucho.
material-source-too-deep = Las listas o citas de este texto están demasiado anidadas.
material-lesson = Lección
material-no-lesson = Ninguna: usar la dirección de abajo
material-url = Dirección
material-url-hint = Empieza por https:// o, si es una página de este sitio, por una barra.
material-url-wrong = Escribe una dirección que empiece por https:// o http://, o una ruta de este sitio que empiece por una barra.
material-items = Puntos
material-items-hint = Uno por línea. Las marcas siguen en la línea que reescribes o mueves; la que dice otra cosa empieza sin ninguna.
material-items-missing = Escribe al menos un punto.
material-items-too-many = Elige 60 puntos como mucho.
material-items-too-long = Acorta cada punto a 300 caracteres como mucho.
material-criteria = Criterios y niveles
material-criteria-hint = Una línea por criterio; debajo, cada uno con un guion delante, sus niveles del más bajo al más alto, por ejemplo: - Casi: funciona con fallos (1). Una respuesta se queda mientras su criterio y los niveles que había digan lo mismo.
material-rubric-empty = Escribe al menos un criterio con sus niveles.
material-rubric-too-many = Elige 12 criterios como mucho.
material-rubric-level-first = La primera línea empieza con un guion. Empieza con un criterio y pon sus niveles debajo.
material-rubric-levels = Da a cada criterio de dos a seis niveles: líneas que empiezan con un guion.
material-rubric-words = Da a cada criterio y nivel un título de 120 caracteres como mucho y describe cada nivel en 400 como mucho.
material-accepted-label = Tipos de archivo
material-accepted-hint = Terminaciones, o nada para todas estas: { $endings }
material-accepted-unknown = Usa terminaciones de la lista.
material-size-label = Archivo más grande, en MB
material-size-wrong = Elige un número del 1 al 200.
material-naming-label = Cómo debe llamarse el archivo
material-naming-hint = Un deseo que ven los estudiantes, por ejemplo nombre_rueda.sb3.
material-naming-too-long = Elige 120 caracteres como mucho.
material-due-label = Fecha de entrega
material-due-hint = En la zona horaria del centro: { $zone }. Déjalo vacío si no hay fecha.
material-due-wrong = Escribe día y hora así: 2026-11-27T23:59.
deletion-nobody = Ningún estudiante ha trabajado en ello todavía.
deletion-affects =
    { $students ->
        [one] { $students } estudiante ha trabajado en ello
       *[other] { $students } estudiantes han trabajado en ello
    }: { $answers ->
        [0] {""}
        [one] { $answers } respuesta
       *[other] { $answers } respuestas
    }{ $both ->
        [yes] {" y "}
       *[no] {""}
    }{ $files ->
        [0] {""}
        [one] { $files } archivo
       *[other] { $files } archivos
    }. Nadie los verá ya; se guardan 30 días.
form-save = Guardar
form-cancel = Cancelar
form-keep = Conservarlo
form-back = Volver
material-conflict-text = { $by } guardó esto ({ $at }) mientras lo cambiabas. Las dos versiones están aquí; no se pierde nada. Lo que escribiste sigue abajo.
material-conflict-table = Lo que es distinto
material-take-theirs = Tomar lo guardado
material-save-anyway = Guardar lo mío de todos modos
