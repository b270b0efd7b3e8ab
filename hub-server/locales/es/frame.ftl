# Alrededor de cada página.
frame-skip = Saltar al contenido
frame-navigation = Principal
frame-classes = Mis clases
frame-courses = Cursos
frame-sign-out = Cerrar sesión
form-problems = Revisa esto, por favor
time-just-now = ahora mismo
time-minutes-ago =
    { $minutes ->
        [one] hace { $minutes } minuto
       *[other] hace { $minutes } minutos
    }
time-hours-ago =
    { $hours ->
        [one] hace { $hours } hora
       *[other] hace { $hours } horas
    }
time-day = { $day } de { $month } de { $year }
time-moment = { $day }, { $time }
time-january = enero
time-february = febrero
time-march = marzo
time-april = abril
time-may = mayo
time-june = junio
time-july = julio
time-august = agosto
time-september = septiembre
time-october = octubre
time-november = noviembre
time-december = diciembre
