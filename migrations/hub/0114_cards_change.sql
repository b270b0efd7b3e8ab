-- The student's home says so while a return code was not written down yet. Read by hub-server: student, web::kept.

create trigger return_cards_change after insert or update or delete on return_cards
    for each row execute function student_changes();
