# La página inicial del personal y las páginas de clase.
home-title = Mis clases
home-empty = Tus clases estarán aquí
home-empty-text = Crea la primera. Recibe un código con el que se unen tus estudiantes.
home-empty-viewer = En cuanto tu organización tenga una clase, podrás verla aquí.
home-students =
    { $students ->
        [one] { $students } estudiante
       *[other] { $students } estudiantes
    }
class-create = Clase nueva
class-create-button = Crear la clase
class-name = Nombre
class-name-hint = Como la conocen tus estudiantes, por ejemplo Física 7B.
class-name-missing = Ponle un nombre a la clase.
class-name-too-long = Elige un nombre de 120 caracteres como máximo.
class-organisation = Organización
class-accent = Color
class-accent-hint = Así se ve al momento en qué clase se está.
class-accent-unknown = Elige uno de los ocho colores.
class-locked = Cerrada
class-open = Abierta
class-tabs = Partes de esta clase
class-tab-today = Hoy
class-tab-work = Trabajo
class-tab-roster = Lista
today-join = Unirse a esta clase
today-join-text = Los estudiantes escriben este código en la página de inicio o abren el enlace. No necesitan cuenta.
today-lock = Cerrar la clase
today-unlock = Abrir la clase
today-rotate = Darle un código nuevo
today-activity = Hoy
today-students = Estudiantes en la clase
today-seen = Han estado hoy
today-asked = Preguntas al ayudante hoy
today-answered = De ellas, respondidas
roster-name = Nombre
roster-joined = Se unió
roster-last-seen = Última visita
roster-asked = Preguntas al ayudante
roster-caption =
    { $students ->
        [one] { $students } estudiante en esta clase
       *[other] { $students } estudiantes en esta clase
    }
roster-empty = Todavía no se ha unido nadie
roster-empty-text = Tus estudiantes aparecerán aquí en cuanto se unan con el código de la clase.
roster-empty-action = Ver el código de la clase
accent-1 = Azul mar
accent-2 = Azul
accent-3 = Violeta
accent-4 = Rosa
accent-5 = Rojo
accent-6 = Ámbar
accent-7 = Verde
accent-8 = Turquesa
