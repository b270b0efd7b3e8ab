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
today-by-link-text = Los nuevos estudiantes entran con un enlace que se hace en los ajustes. Con el código de la clase no entra nadie nuevo.
today-closed-text = No entra nadie nuevo.
today-come-back = Quien ya está en la clase vuelve con su nombre, su código de regreso y este código de la clase:
today-lock = Cerrar la clase
today-unlock = Abrir la clase
today-rotate = Darle un código nuevo…
today-to-code = Cómo unirse
rotate-title = Un código de clase nuevo
rotate-lead = El código { $code } deja de valer en el acto, con todas las tarjetas y enlaces que lo llevan.
rotate-stays = Quien ya está en la clase se queda y vuelve como siempre.
rotate-button = Crear un código nuevo
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
home-waiting =
    { $waiting ->
        [one] { $waiting } espera entrar
       *[other] { $waiting } esperan entrar
    }
class-by-invitation = Con invitación
class-closed = Cerrada a nuevos estudiantes
class-tab-settings = Ajustes
entry-title = Esperan entrar
entry-text = Dicen que están en esta clase y que perdieron su tarjeta. Mira quién te enseña estos dibujos antes de dejar entrar.
entry-asked = Lo pidió
entry-look = Ir a la lista
entry-approve = Dejar entrar
entry-refuse = Ahora no
roster-session = Sesión
roster-signed-in = Con sesión
roster-signed-out = Sin sesión
student-page-back = Toda la clase
student-facts = En esta clase
student-work = Trabajos
student-work-none = Todavía no hay nada que entregar. En cuanto lo haya, verás aquí cómo va este estudiante.
student-work-open = Sin entregar todavía
student-work-to-grade = Por calificar
student-joined-by = Se unió con
student-by-code = Código de la clase
student-sessions = Navegadores con sesión
student-devices = Dispositivos que vuelven sin código
student-card = Tarjeta de regreso
student-card-text = Una tarjeta nueva sustituye a la anterior. Se muestra una sola vez, para imprimirla o entregarla.
student-card-button = Hacer una tarjeta nueva
student-sign-out = Cerrar su sesión
student-sign-out-text = Cierra la sesión en todos los dispositivos y hace que olviden quién era. El trabajo se queda.
student-removal = Eliminar
student-removal-text = Quita al estudiante de la clase, con todo lo que hizo.
student-removal-ask = Eliminar a este estudiante…
removal-title = ¿Eliminar a { $name }?
removal-lead = No se puede deshacer. Con el estudiante se van:
removal-identity = el nombre, el código de regreso, las sesiones y los dispositivos conocidos
removal-submissions =
    { $count ->
        [one] { $count } archivo entregado
       *[other] { $count } archivos entregados
    }
removal-responses =
    { $count ->
        [one] { $count } respuesta
       *[other] { $count } respuestas
    }
removal-drafts =
    { $count ->
        [one] { $count } borrador
       *[other] { $count } borradores
    }
removal-finished =
    { $count ->
        [one] { $count } marca en una lección terminada
       *[other] { $count } marcas en lecciones terminadas
    }
removal-careful = Lo que queda
removal-stays = Cuántas preguntas hubo al ayudante queda como número, sin nombre. A nadie más se le cierra la sesión.
removal-button = Eliminar para siempre
removal-keep = Conservar al estudiante
new-card-title = Tarjeta de regreso nueva para { $name }
new-card-lead = Imprime esta página o copia la tarjeta ahora: solo se muestra esta vez. El código anterior ya no funciona.
new-card-done = Listo
enrolment-title = Quién puede unirse
enrolment-text = Quien ya está en la clase siempre puede volver con su código de regreso.
enrolment-who = Los nuevos estudiantes se unen
enrolment-open = con el código de la clase o con un enlace
enrolment-invite = solo con un enlace tuyo
enrolment-closed = de ninguna manera
enrolment-save = Guardar
invite-title = Enlaces para unirse
invite-text = Con un enlace se unen tantos como digas, también donde el código de la clase no basta. Lo puede usar quien lo tenga.
invite-none = Todavía no hay ningún enlace.
invite-new = Hacer un enlace
invite-label = Para qué es
invite-label-hint = Solo lo ves tú, por ejemplo: estudiantes de intercambio.
invite-label-missing = Di en 80 caracteres como máximo para qué es el enlace.
invite-link = Enlace
invite-seats = Plazas
invite-seats-of = { $taken } de { $seats } ocupadas
invite-seats-hint = Cuántos pueden unirse con él. Vacío significa cualquier número.
invite-seats-wrong = Escribe un número del 1 al 1000, o nada.
invite-ends = Termina
invite-never = a mano
invite-state = Estado
invite-lasts = Dura
invite-lasts-wrong = Elige cuánto dura el enlace.
invite-day = un día
invite-week = una semana
invite-month = 30 días
invite-year = un año
invite-ever = hasta que se apague
invite-button = Hacer el enlace
invite-disable = Apagar
invite-open = Funciona
invite-off = Apagado
invite-over = Terminado
invite-full = Completo
invite-class-closed = La clase no admite a nadie nuevo
everyone-title = Cerrar la sesión de toda la clase
everyone-text = Cierra de una vez las sesiones de todos los estudiantes de esta clase, por ejemplo al final de una lección en ordenadores compartidos. No se pierde ningún trabajo.
everyone-forget = Que sus dispositivos también los olviden: todos necesitarán el código de regreso para volver
everyone-button = Cerrar todas las sesiones
