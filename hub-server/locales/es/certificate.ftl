# Certificados: qué pide una clase, entregarlos, comprobar uno.
certificate-word = Certificado
certificates-title = Certificados
certificates-lead = Quién ha alcanzado lo que pide esta clase y quién tiene un certificado.
certificates-none = Aún no hay nada escrito
certificates-none-text = Di qué pide esta clase y qué dicen sus certificados. Después verás aquí quién lo ha alcanzado.
certificates-begin = Decir qué pide
certificates-change = Cambiar
certificates-all-pdf = Todos los certificados en un PDF
certificates-table = Toda la clase
certificates-look = Ver quién recibe uno
certificates-look-settings = Qué pide esta clase y quién lo ha alcanzado
certificates-preview = ¿Entregar estos certificados?
certificates-preview-lead =
    { $count ->
        [0] Nadie de esta lista recibiría uno.
        [one] Una persona recibe un certificado con el nombre de abajo.
       *[other] { $count } personas reciben un certificado con los nombres de abajo.
    }
certificates-below =
    { $count ->
        [one] Una persona no ha alcanzado lo que pide la clase.
       *[other] { $count } personas no han alcanzado lo que pide la clase.
    }
certificates-unwritable = Algunas letras de un nombre no se pueden imprimir en esta máquina: serían cuadros vacíos. Pide a quien la cuida que instale una tipografía para ellas.
certificates-issue =
    { $count ->
        [one] Entregar un certificado
       *[other] Entregar { $count } certificados
    }
certificate-choose = Elegir
certificate-choose-one = Elegir a { $name }
certificate-lessons = Lecciones
certificate-work = Trabajo
certificate-average = Media
certificate-reached = Qué falta
certificate-of = { $done } de { $all }
certificate-all-reached = Todo alcanzado
certificate-given = Entregado
certificate-revoked = Retirado
certificate-printed-as = Impreso como { $name }
certificate-missing-lessons =
    { $count ->
        [one] 1 lección
       *[other] { $count } lecciones
    }
certificate-missing-work =
    { $count ->
        [one] 1 trabajo
       *[other] { $count } trabajos
    }
certificate-missing-grade = Una media de { $percent } %
certificate-has-one = Ya tiene uno y lo conserva
certificate-gets-one = Recibe uno
certificate-gets-one-though = Falta: { $missing }
certificate-name = Nombre
certificate-state = Qué pasa
certificate-school = Entregado por
certificate-issued = Fecha de entrega
certificate-address = Se comprueba en
certificate-pdf = Descargar el PDF
certificate-student = La página del estudiante
certificate-replaced-by = Se entregó otro en su lugar
certificate-revoked-at = Retirado el
certificate-take-back = Retirarlo
certificate-take-back-text = A quien lo compruebe se le dice que ya no vale, pero no por qué. El estudiante ve tu motivo.
certificate-reason = Motivo
certificate-reason-hint = Por ejemplo: el nombre estaba mal escrito.
certificate-reason-wrong = Escribe el motivo, con 300 caracteres como máximo.
certificate-revoke = Retirar
certificate-replace = Retirar y entregar uno nuevo

# En el papel.
certificate-this-is = Se certifica que
certificate-has-done = ha completado
certificate-day = Fecha
certificate-look-up = Compruébalo con este código
certificate-qr = Un código para cámaras que lleva a { $address }

# Qué pide una clase.
outcomes-title = Qué pide la clase
outcomes-lead = Deja vacío lo que no cuente. Los certificados ya entregados se quedan como están.
outcomes-asked = Qué pide
outcomes-nothing-asked = No pide nada: tú eliges quién recibe un certificado.
outcomes-lessons-asked = Al menos el { $percent } % de las lecciones terminadas
outcomes-work-asked = Al menos el { $percent } % del trabajo hecho
outcomes-grade-asked = Una media de al menos el { $percent } %
outcomes-lessons = Lecciones terminadas, en porcentaje
outcomes-lessons-hint = De todas las lecciones de los cursos de la clase.
outcomes-work = Trabajo hecho, en porcentaje
outcomes-work-hint = De todo lo que se entrega, se contesta o se marca.
outcomes-grade = Media de las notas devueltas, en porcentaje
outcomes-grade-hint = Todas las notas cuentan igual; lo eximido no cuenta.
outcomes-percent-wrong = Escribe un número entero del 1 al 100 o déjalo vacío.
outcomes-printed = Qué dice el certificado
outcomes-name = Completado
outcomes-name-hint = El curso o la clase, tal como se imprimirá.
outcomes-title-wrong = Escribe qué se completó, con 120 caracteres como máximo.
outcomes-statement = Una línea sobre ello
outcomes-statement-hint = Puede quedar vacía. Por ejemplo, qué se construyó o se aprendió.
outcomes-statement-long = Que no pase de 200 caracteres.
outcomes-signatory = Firma
outcomes-signatory-wrong = Escribe quién firma, con 80 caracteres como máximo.
outcomes-language = Idioma del certificado
outcomes-language-wrong = Elige uno de los idiomas.

# Comprobar uno.
verify-title = Comprobar un certificado
verify-lead = Escribe el código que está impreso en el certificado.
verify-code = Código
verify-code-hint = Dieciséis letras y cifras, con guiones o sin ellos.
verify-button = Comprobar
verify-malformed = Un código tiene dieciséis letras y cifras. No lleva 0, 1, I ni O.
verify-unknown = No hay ningún certificado con este código. Compáralo con el papel, letra por letra.
verify-valid = Válido.
verify-valid-text = Este certificado se entregó tal como está aquí.
verify-revoked = Ya no vale.
verify-revoked-on = Se retiró el { $day }.
verify-revoked-text = Se había retirado antes.
verify-replaced = Se entregó otro en su lugar.
verify-erased = Hubo un certificado así.
verify-erased-text = Desde entonces se ha borrado el nombre de su titular, así que no se puede decir nada más.
verify-compare = Compara lo que está aquí con el papel.
verify-another = Comprobar otro

student-certificates = Tus certificados
student-certificate = Certificado: { $title }
student-certificate-given = Entregado el { $day } · PDF
student-certificate-ended = El certificado de { $title } ya no vale. Tu docente dice: { $reason }
data-certificates = Certificados
notice-nobody-chosen = No se eligió a nadie que pudiera recibir un certificado.
notice-certificates-issued = Los certificados ya están. Tus estudiantes ven el suyo en su página.
notice-certificate-revoked = Está retirado. A quien lo compruebe se le dice.
notice-certificate-replaced = Aquí está el nuevo. El anterior ya no vale.
removal-certificates =
    { $count ->
        [0] Ningún certificado
        [one] Un certificado: a quien lo compruebe se le dice que el nombre se borró
       *[other] { $count } certificados: a quien compruebe uno se le dice que el nombre se borró
    }
removal-certificates-count =
    { $count ->
        [one] Un certificado
       *[other] { $count } certificados
    }
